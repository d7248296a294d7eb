package org.milena.common.directory;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;

/**
 * What a list got from a source on the web.
 *
 * @param url the source, as the list's settings keep it
 * @param entries who stands in the last text that was taken, by address key, each once; nobody
 *     before the first
 * @param since when the list first heard of it; its members are counted from then
 * @param heardAt what is not younger than this is old
 * @param fetchedAt when that text was fetched; null before the first
 * @param etag what its server calls that text; null when it has no name
 * @param fault why nothing came of the last try; null when something did
 * @param smaller a text that waits for an owner's word; null when none does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FetchedSource(
    ListId list,
    String url,
    List<Entry> entries,
    Instant since,
    Instant heardAt,
    @Nullable Instant fetchedAt,
    @Nullable String etag,
    @Nullable Fault fault,
    @Nullable Smaller smaller) {

  /** Most addresses of a source. */
  public static final int MAX_ENTRIES = 20_000;

  /**
   * Most octets of a text, so that a row of the most addresses fits into any record, whatever has
   * to be written with a backslash.
   */
  public static final int MAX_OCTETS = 700_000;

  private static final Comparator<Entry> BY_KEY = Comparator.comparing(Entry::key);

  /** Somebody who stands in it. */
  public record Entry(
      MailAddress address, @JsonInclude(JsonInclude.Include.NON_EMPTY) String displayName) {

    public Entry {
      displayName = displayName == null ? "" : displayName;
    }

    private String key() {
      return address.key();
    }
  }

  /**
   * Nothing comes.
   *
   * @param reason a sentence
   * @param since when it began
   */
  public record Fault(String reason, Instant since) {}

  /**
   * A text with so much fewer addresses that it may be a mistake.
   *
   * @param count how many
   * @param sha256 of the addresses, in hex
   */
  public record Smaller(int count, String sha256) {}

  public FetchedSource {
    entries = entries.stream().sorted(BY_KEY).toList();
  }

  /** A source that nothing came from yet. */
  public static FetchedSource first(ListId list, String url, Instant now) {
    return new FetchedSource(list, url, List.of(), now, Instant.EPOCH, null, null, null, null);
  }

  /** Key on {@link Topics#DIRECTORY_SOURCES}. */
  public String key() {
    return key(list, url);
  }

  /** Key on {@link Topics#DIRECTORY_SOURCES}. */
  public static String key(ListId list, String url) {
    return Topics.listKey(list, url);
  }

  /** The same after a try that failed. */
  public FetchedSource failed(String reason, Instant at) {
    Fault now = new Fault(reason, fault == null ? at : fault.since());
    return new FetchedSource(list, url, entries, since, at, fetchedAt, etag, now, smaller);
  }

  /** The same after a try that found the text that is there. */
  public FetchedSource same(Instant at) {
    return new FetchedSource(list, url, entries, since, at, fetchedAt, etag, null, null);
  }

  /** The same with another text. */
  public FetchedSource taken(List<Entry> others, @Nullable String name, Instant at) {
    return new FetchedSource(list, url, others, since, at, at, name, null, null);
  }

  /** The same with a text that waits. */
  public FetchedSource waiting(Smaller text, Instant at) {
    return new FetchedSource(list, url, entries, since, at, fetchedAt, etag, null, text);
  }

  /** Whether nobody would see a difference, but for times. */
  public boolean saysTheSameAs(FetchedSource other) {
    return (fetchedAt == null) == (other.fetchedAt == null)
        && Objects.equals(etag, other.etag)
        && Objects.equals(fault, other.fault)
        && Objects.equals(smaller, other.smaller)
        && entries.equals(other.entries);
  }

  /** Somebody who stands in it, as a member. */
  Optional<Member> member(MailAddress address) {
    int at = Collections.binarySearch(entries, new Entry(address, ""), BY_KEY);
    return at < 0 ? Optional.empty() : Optional.of(member(entries.get(at)));
  }

  /** Up to {@code limit} of them by address key, behind {@code after} (empty to begin). */
  List<Member> members(String after, int limit) {
    int from = 0;
    int to = entries.size();
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (entries.get(middle).key().compareTo(after) > 0) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return entries.stream().skip(from).limit(limit).map(this::member).toList();
  }

  private Member member(Entry entry) {
    return new Member(
        list,
        entry.address(),
        entry.displayName(),
        Set.of(MemberRole.MEMBER),
        null,
        MemberOptions.DEFAULT,
        since);
  }
}

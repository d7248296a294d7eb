package org.milena.common.directory;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.milena.common.mail.ListId;
import org.milena.common.settings.RosterAccess;

/**
 * Where a list gets members from, as its settings keep it.
 *
 * <p>Owners write the address of a text on the web, which is kept as it is, or of a list. Of that
 * is kept what a rename does not break and what another list made later under the same id does not
 * inherit: the id, when that list was made, and how far whoever named it may see its members.
 */
public sealed interface MemberSource {

  /** Begins every source that is a list. */
  String LIST_SIGN = "@";

  /** Begins every source that is a text on the web. */
  String URL_SIGN = "https://";

  /**
   * The members of another list.
   *
   * @param made when that list was made
   * @param shownOnly whether only those count that its roster shows to others, and only as long as
   *     it shows any: whoever named it does not run it
   */
  record OfList(ListId list, Instant made, boolean shownOnly) implements MemberSource {

    /** Whether it is about this very list. */
    public boolean means(MailingList other) {
      return list.equals(other.id()) && made.equals(other.createdAt());
    }

    /** Whether this list gives its members: it is the one that is meant, and still shows them. */
    public boolean gives(MailingList other) {
      return means(other)
          && (!shownOnly
              || other.settings().membership().rosterAccess() != RosterAccess.MODERATORS);
    }

    /** As it is kept. */
    @Override
    public String toString() {
      return LIST_SIGN + list + " " + made + (shownOnly ? " shown" : " all");
    }
  }

  /**
   * Whoever stands in a text on the web.
   *
   * @param url begins with {@link #URL_SIGN}
   */
  record OfUrl(String url) implements MemberSource {
    /** What is shown of it to those who may not change it, for the rest may be a secret. */
    public String host() {
      return URL_SIGN + URI.create(url).getHost();
    }

    /** As it is kept. */
    @Override
    public String toString() {
      return url;
    }
  }

  /** Reads what {@link OfList#toString} wrote; empty when it is something else. */
  static Optional<OfList> read(String text) {
    String[] words = text.split(" ", -1);
    if (words.length != 3
        || !words[0].startsWith(LIST_SIGN)
        || !List.of("shown", "all").contains(words[2])) {
      return Optional.empty();
    }
    Optional<ListId> list = ListId.parse(words[0].substring(LIST_SIGN.length()));
    try {
      Instant made = Instant.parse(words[1]);
      return list.map(id -> new OfList(id, made, words[2].equals("shown")));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** Those of a list that are lists, in their order. */
  static List<OfList> of(MailingList list) {
    List<String> sources = list.settings().membership().memberSources();
    return sources.isEmpty()
        ? List.of()
        : sources.stream().flatMap(source -> read(source).stream()).toList();
  }

  /** Those of a list that are texts on the web, in their order. */
  static List<OfUrl> urls(MailingList list) {
    List<String> sources = list.settings().membership().memberSources();
    return sources.isEmpty()
        ? List.of()
        : sources.stream().filter(MemberSource::isUrl).map(OfUrl::new).toList();
  }

  /** Whether a source is a text on the web. */
  static boolean isUrl(String source) {
    return source.startsWith(URL_SIGN);
  }
}

package org.milena.listexpander.source;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.MemberChange.TakeSource;
import org.milena.common.directory.FetchedSource;
import org.milena.common.directory.FetchedSource.Entry;
import org.milena.common.directory.FetchedSource.Smaller;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.MemberSource;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.notice.Notice;
import org.milena.listexpander.notice.Notices;
import org.milena.listexpander.notice.SourceTexts;

/** Takes what was fetched, in the list's own sequence. */
public final class Sources {
  /** A text with fewer addresses may shrink as it likes. */
  static final int GUARDED = 20;

  /** So often a day owners are told something of their sources. */
  static final int NOTICES_A_DAY = 10;

  private static final String CODE = "member-sources";

  private final Notices notices;
  private final SourceTexts texts;

  public Sources(Notices notices, SourceTexts texts) {
    this.notices = notices;
    this.texts = texts;
  }

  /**
   * Takes it, unless it is old; what changes nothing is not written. No clock that was ahead keeps
   * what comes later away. Refused when somebody accepted a text that is not taken; it may wait.
   */
  public CommandOutcome take(
      Ledger ledger, MailingList list, TakeSource command, MailId cause, Instant now) {
    String url = command.url();
    if (!MemberSource.isUrl(url) || !list.settings().membership().memberSources().contains(url)) {
      return new Refused(CODE, "This is no source of the list.");
    }
    List<Entry> entries = command.entries();
    if (entries != null && entries.size() > FetchedSource.MAX_ENTRIES) {
      return new Refused(
          CODE, "A source has at most %,d addresses.".formatted(FetchedSource.MAX_ENTRIES));
    }
    Instant at = command.at().isAfter(now) ? now : command.at();
    FetchedSource before =
        known(ledger.fetched(list.id(), url).orElse(null), list.id(), command, at);
    if (isOld(before, at, now)) {
      String text = "Something newer is known already.";
      return command.accepted() ? new Refused(CODE, text) : new Done(text, 0);
    }
    FetchedSource after = next(before, command, at);
    if (after.saysTheSameAs(before)) {
      return new Done("Nothing is new.", 0);
    }
    ledger.put(after);
    tell(ledger, list, before, after, cause, now);
    return command.accepted() && after.smaller() != null
        ? new Refused(CODE, said(after) + " Owners were told of no such text: accept it once more.")
        : new Done(said(after), 1);
  }

  /** What was heard in the future was heard by a wrong clock. */
  private static boolean isOld(FetchedSource before, Instant at, Instant now) {
    return !before.heardAt().isAfter(now) && !at.isAfter(before.heardAt());
  }

  /** Whether a list that knows this would write something. */
  static boolean isNew(@Nullable FetchedSource row, ListId list, TakeSource command) {
    FetchedSource before = known(row, list, command, command.at());
    return !next(before, command, command.at()).saysTheSameAs(before);
  }

  private static FetchedSource known(
      @Nullable FetchedSource row, ListId list, TakeSource command, Instant at) {
    return row == null ? FetchedSource.first(list, command.url(), at) : row;
  }

  private static FetchedSource next(FetchedSource row, TakeSource command, Instant at) {
    if (command.fault() != null) {
      return row.failed(command.fault(), at);
    }
    List<Entry> entries = command.entries();
    if (entries == null) {
      return row.same(at);
    }
    int known = row.entries().size();
    if (known >= GUARDED && 2 * entries.size() < known) {
      Smaller smaller = new Smaller(entries.size(), digest(entries));
      if (!command.accepted() || !smaller.equals(row.smaller())) {
        return row.waiting(smaller, at);
      }
    }
    return row.taken(entries, command.etag(), at);
  }

  private static String digest(List<Entry> entries) {
    StringBuilder keys = new StringBuilder();
    entries.stream()
        .map(entry -> entry.address().key())
        .sorted()
        .forEach(key -> keys.append(key).append('\n'));
    return RawMessage.wrap(keys.toString().getBytes(StandardCharsets.UTF_8)).sha256();
  }

  private void tell(
      Ledger ledger,
      MailingList list,
      FetchedSource before,
      FetchedSource after,
      MailId cause,
      Instant now) {
    FetchedSource.Fault fault = after.fault();
    Smaller smaller = after.smaller();
    if (fault != null && before.fault() == null) {
      tell(ledger, list, texts.failed(ledger, list, after.url(), fault.reason()), cause, now);
    }
    if (smaller != null && before.smaller() == null) {
      int known = after.entries().size();
      tell(
          ledger,
          list,
          texts.smaller(ledger, list, after.url(), smaller.count(), known),
          cause,
          now);
    }
  }

  private void tell(Ledger ledger, MailingList list, Notice notice, MailId cause, Instant now) {
    var unused = notices.tellOwners(ledger, list, "sources", NOTICES_A_DAY, notice, cause, now);
  }

  private static String said(FetchedSource after) {
    if (after.fault() != null) {
      return "Nothing came of it: " + after.fault().reason();
    }
    return after.smaller() == null
        ? "It names %,d addresses.".formatted(after.entries().size())
        : "It names %,d addresses instead of %,d, which waits for an owner to accept it."
            .formatted(after.smaller().count(), after.entries().size());
  }

  /** What came from sources that a list does not name any more goes. */
  public static void forget(Ledger ledger, MailingList before, MailingList now) {
    List<String> named = now.settings().membership().memberSources();
    MemberSource.urls(before).stream()
        .map(MemberSource.OfUrl::url)
        .filter(url -> !named.contains(url))
        .forEach(url -> ledger.fetched(now.id(), url).ifPresent(ledger::delete));
  }

  /** With a list goes all that came from its sources. */
  public static void forget(Ledger ledger, ListId list) {
    ledger.fetched(list).forEach(ledger::delete);
  }
}

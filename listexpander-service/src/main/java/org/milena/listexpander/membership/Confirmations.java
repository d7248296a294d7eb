package org.milena.listexpander.membership;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.CommandRecord;
import org.milena.common.command.RequestChange.AskForConfirmation;
import org.milena.common.command.RequestChange.Limit;
import org.milena.common.directory.PendingRequest;
import org.milena.common.event.RecordType;
import org.milena.common.event.SeenPost;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.stage.MailRecords;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.notice.Notices;
import org.milena.listexpander.notice.Texts;

/**
 * Sends confirmations: over the whole site one a day to an address, and so many an hour for a
 * client's network and for a domain (subscription bombing).
 *
 * <p>Lists have different owners, so none of them can count for the site. The owner of a list
 * writes an {@link AskForConfirmation} instead of a mail. It passes the counters one behind the
 * other, network, domain, address; each has a command key of its own, so that one owner at a time
 * counts there, in the transaction that hands the command on or sends the mail. Who is refused
 * learns nothing of it.
 *
 * <p>A counter is a set of rows in the table of what was seen: {@code KEY|PERIOD.ADDRESS}. Rows of
 * past periods are never written again, so anybody may sweep them away.
 */
public final class Confirmations {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  /** Rows older than this count nowhere. */
  private static final Duration KEPT = Duration.ofDays(3);

  private static final String ROWS = "confirmations:";
  private static final int SWEPT_AT_ONCE = 8;

  private final AtomicReference<String> sweptUpTo = new AtomicReference<>("");
  private final ConfirmationLimits limits;
  private final Notices notices;
  private final ConfirmationMail mail;

  private Confirmations(ConfirmationLimits limits, Notices notices, ConfirmationMail mail) {
    this.limits = limits;
    this.notices = notices;
    this.mail = mail;
  }

  /**
   * Puts it together.
   *
   * @param postmaster who writes about accounts, which belong to no list
   */
  public static Confirmations of(
      ConfirmationLimits limits,
      Tokens tokens,
      Notices notices,
      Texts texts,
      MailAddress postmaster) {
    return new Confirmations(
        limits, notices, new ConfirmationMail(tokens, notices, texts, postmaster));
  }

  /**
   * Asks for a confirmation of this request, by the owner of its list or account.
   *
   * @param member whether the address is where it wants to be, and is told that instead
   */
  void ask(Ledger ledger, PendingRequest request, boolean member, Origin origin) {
    forward(
        ledger,
        new AskForConfirmation(
            request,
            origin.network() == null ? Limit.DOMAIN : Limit.NETWORK,
            member,
            origin.network(),
            ""),
        origin.cause(),
        origin.at());
  }

  /** Asks whether somebody accepts an invitation; owners answer for how many they write. */
  void invite(Ledger ledger, PendingRequest request, String text, Origin origin) {
    forward(
        ledger,
        new AskForConfirmation(request, Limit.ADDRESS, false, null, text),
        origin.cause(),
        origin.at());
  }

  /** Counts a confirmation that is due, and hands it on, sends it or drops it. */
  public CommandOutcome take(Ledger ledger, AskForConfirmation asked, MailId cause, Instant now) {
    sweep(ledger, now);
    MailAddress address = asked.request().address();
    return switch (asked.limit()) {
      case NETWORK -> {
        String key = Limit.NETWORK.key(Digests.of(String.valueOf(asked.network()), 16));
        yield count(ledger, key, address, limits.perNetwork(), cause, now)
            ? handedOn(ledger, asked, Limit.DOMAIN, cause, now)
            : dropped("Too many addresses were asked for from this network within the hour.");
      }
      case DOMAIN ->
          count(ledger, domainKey(address), address, limits.perDomain(), cause, now)
              ? handedOn(ledger, asked, Limit.ADDRESS, cause, now)
              : dropped("Too many addresses of this domain were asked within the hour.");
      case ADDRESS -> {
        if (askedToday(ledger, address, now)) {
          yield dropped("This address had a confirmation within the last day.");
        }
        ledger.put(addressRow(address, now), new SeenPost(cause, now));
        mail.send(ledger, asked, now);
        yield new Done("Sent to " + address + ".", 1);
      }
    };
  }

  private CommandOutcome handedOn(
      Ledger ledger, AskForConfirmation asked, Limit next, MailId cause, Instant now) {
    forward(
        ledger,
        new AskForConfirmation(
            asked.request(), next, asked.member(), asked.network(), asked.text()),
        cause,
        now);
    return new Done("Counted by " + asked.limit() + ".", 0);
  }

  private static CommandOutcome dropped(String why) {
    return new Refused("confirmation-limit", why);
  }

  private void forward(Ledger ledger, AskForConfirmation asked, MailId cause, Instant now) {
    PendingRequest request = asked.request();
    MailAddress address = request.address();
    @Nullable ListId list = request.list();
    String key =
        switch (asked.limit()) {
          case NETWORK -> Limit.NETWORK.key(Digests.of(String.valueOf(asked.network()), 16));
          case DOMAIN -> domainKey(address);
          case ADDRESS -> addressKey(address);
        };
    ledger.send(
        MailRecords.json(
            Topics.LISTS,
            key,
            RecordType.COMMAND,
            new CommandRecord(
                notices.newId().toString(), list, "system", cause.toString(), now, asked)));
  }

  /** Whether the address is counted in this hour, or still can be. */
  private static boolean count(
      Ledger ledger, String key, MailAddress address, int most, MailId cause, Instant now) {
    String period = key + Topics.KEY_SEPARATOR + now.getEpochSecond() / HOUR.toSeconds() + ".";
    String row = period + Digests.of(address.key(), 16);
    if (ledger.seen(row).isPresent()) {
      return true;
    }
    if (ledger.seenUnder(period, "", most).size() >= most) {
      return false;
    }
    ledger.put(row, new SeenPost(cause, now));
    return true;
  }

  private static boolean askedToday(Ledger ledger, MailAddress address, Instant now) {
    return List.of(now, now.minus(DAY)).stream()
        .flatMap(day -> ledger.seen(addressRow(address, day)).stream())
        .anyMatch(seen -> now.isBefore(seen.at().plus(DAY)));
  }

  private static String addressRow(MailAddress address, Instant day) {
    return addressKey(address)
        + Topics.KEY_SEPARATOR
        + day.getEpochSecond() / DAY.toSeconds()
        + ".";
  }

  private static String addressKey(MailAddress address) {
    return Limit.ADDRESS.key(Digests.of(address.key(), 16));
  }

  private static String domainKey(MailAddress address) {
    return Limit.DOMAIN.key(Digests.of(address.domain(), 16));
  }

  private void sweep(Ledger ledger, Instant now) {
    List<Map.Entry<String, SeenPost>> some = ledger.seenUnder(ROWS, sweptUpTo.get(), SWEPT_AT_ONCE);
    for (Map.Entry<String, SeenPost> row : some) {
      if (row.getValue().at().plus(KEPT).isBefore(now)) {
        ledger.deleteSeen(row.getKey());
      }
    }
    sweptUpTo.set(some.size() < SWEPT_AT_ONCE ? "" : some.getLast().getKey());
  }
}

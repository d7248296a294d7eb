package org.milena.listexpander.notice;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome;
import org.milena.common.directory.Authorship;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailMeta.BodyFacts;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.ReturnPath;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;
import org.milena.common.outgoing.MachineMail;
import org.milena.common.outgoing.MachineMail.Occasion;
import org.milena.common.outgoing.OutgoingMail;
import org.milena.listexpander.expansion.Dispatch;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.limit.Limits;

/** The one door through which a list speaks. */
public final class Notices {
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Texts texts;

  public Notices(InstantSource clock, RandomGenerator random, Texts texts) {
    this.clock = clock;
    this.random = random;
    this.texts = texts;
  }

  /**
   * Answers a mail, if it may be answered and its author has not had enough answers today. Only a
   * proven author: anybody else may have written nothing.
   *
   * @return what happened, as a sentence for the mail's story
   */
  public String answer(
      Ledger ledger,
      MailingList list,
      ListMail mail,
      Authorship.Proven to,
      Notice notice,
      Instant now) {
    Optional<String> silence = AnswerPolicy.silence(mail, list);
    if (silence.isPresent()) {
      return "Not answered: " + silence.get() + ".";
    }
    return limited(
        ledger,
        list,
        to.author(),
        notice,
        new Occasion.Answer(mail.facts().messageId()),
        mail.id(),
        now);
  }

  /**
   * Writes to an address of its own accord, within the same limit.
   *
   * @return what happened, as a sentence
   */
  public String tell(
      Ledger ledger, MailingList list, MailAddress to, Notice notice, MailId cause, Instant now) {
    return limited(ledger, list, to, notice, new Occasion.Own(), cause, now);
  }

  /**
   * Writes to an address in the name of a list, without counting here: for whoever counts for the
   * whole site and is not the list's owner, whose notes nobody else may write.
   */
  public void tellUncounted(
      Ledger ledger, MailingList list, MailAddress to, Notice notice, Instant now) {
    var _ = send(ledger, list, List.of(to), to, notice, new Occasion.Own(), now);
  }

  /**
   * Writes to an address with a reverse-path that only this mail has, so that one knows what comes
   * back of it. Whoever calls this sees to it that it is not often.
   *
   * @return the notice's name
   */
  public MailId ask(
      Ledger ledger,
      MailingList list,
      MailAddress to,
      Notice notice,
      ReversePath back,
      Instant now) {
    return send(ledger, list, List.of(to), to, notice, new Occasion.Own(), back, now);
  }

  /**
   * Tells the owners something of its own accord.
   *
   * @param what kind of thing it is, which is told so often a day
   * @return what happened, as a sentence
   */
  public String tellOwners(
      Ledger ledger,
      MailingList list,
      String what,
      int mostADay,
      Notice notice,
      MailId cause,
      Instant now) {
    return toldOwners(ledger, list, what, mostADay, notice, cause, now).text();
  }

  /**
   * @return how many notices were written, and what happened
   */
  private CommandOutcome.Done toldOwners(
      Ledger ledger,
      MailingList list,
      String what,
      int mostADay,
      Notice notice,
      MailId cause,
      Instant now) {
    List<MailAddress> owners = holders(ledger, list, MemberRole.OWNER);
    if (owners.isEmpty()) {
      return new CommandOutcome.Done("The list has no owner who could be told.", 0);
    }
    if (!mayStill(ledger, list, what, mostADay, cause, now)) {
      return new CommandOutcome.Done("The owners were told enough of this today.", 0);
    }
    MailId id = send(ledger, list, owners, null, notice, new Occasion.Own(), now);
    return new CommandOutcome.Done("Notice " + id + " sent to " + owners.size() + " owners.", 1);
  }

  /** Tells the owners of a new list what it has; not again on the same day. */
  public CommandOutcome welcomeOwners(Ledger ledger, MailingList list, MailId cause, Instant now) {
    return toldOwners(ledger, list, "new list", 1, texts.newList(ledger, list), cause, now);
  }

  /**
   * Takes one of {@code mostADay} that the list may do of a kind on this day (UTC).
   *
   * @return false when all are taken
   */
  public boolean mayStill(
      Ledger ledger, MailingList list, String what, int mostADay, MailId cause, Instant now) {
    return Limits.take(ledger, list.id(), what, mostADay, ChronoUnit.DAYS, cause, now) > 0;
  }

  /** A new name for something that no mail caused. */
  public MailId newId() {
    return MailId.next(clock, random);
  }

  /** What it returns names nobody: a post's story is read by others than its author. */
  private String limited(
      Ledger ledger,
      MailingList list,
      MailAddress to,
      Notice notice,
      Occasion occasion,
      MailId cause,
      Instant now) {
    int number =
        Limits.take(
            ledger,
            list.id(),
            "answer " + to.key(),
            AnswerLimits.ANSWERS_A_DAY,
            ChronoUnit.DAYS,
            cause,
            now);
    if (number == 0) {
      return "This address had "
          + AnswerLimits.ANSWERS_A_DAY
          + " answers today and gets no more."
          + lastWord(ledger, list, to, occasion, cause, now);
    }
    MailId id = send(ledger, list, List.of(to), to, notice, occasion, now);
    return "Notice " + id + " sent.";
  }

  /** Whoever is answered learns once that no more answers come today. */
  private String lastWord(
      Ledger ledger,
      MailingList list,
      MailAddress to,
      Occasion occasion,
      MailId cause,
      Instant now) {
    if (!(occasion instanceof Occasion.Answer)
        || Limits.take(ledger, list.id(), "no more to " + to.key(), 1, ChronoUnit.DAYS, cause, now)
            == 0) {
      return "";
    }
    Notice notice = texts.noMoreToday(ledger, list, to, AnswerLimits.ANSWERS_A_DAY);
    MailId id = send(ledger, list, List.of(to), to, notice, occasion, now);
    return " Notice " + id + " says so.";
  }

  /**
   * Tells owners and moderators that a post is held, each in a mail of his own, but not in a flood:
   * after {@value AnswerLimits#HOLD_NOTICES_AN_HOUR} notices in an hour they must look for
   * themselves.
   *
   * @param notice what is told to one of them
   * @return what happened, as a sentence
   */
  public String tellModerators(
      Ledger ledger,
      MailingList list,
      Function<MailAddress, Notice> notice,
      MailId cause,
      Instant now) {
    return tellStaff(
        ledger, list, "hold notices", notice, cause, now, MemberRole.MODERATOR, MemberRole.OWNER);
  }

  /** Tells owners and moderators that a request waits for them; likewise not in a flood. */
  public String tellOfRequest(
      Ledger ledger, MailingList list, Notice notice, MailId cause, Instant now) {
    return tellStaff(
        ledger,
        list,
        "request notices",
        _ -> notice,
        cause,
        now,
        MemberRole.MODERATOR,
        MemberRole.OWNER);
  }

  /** Tells owners who joined or left; likewise not in a flood. */
  public String tellOwners(
      Ledger ledger, MailingList list, Notice notice, MailId cause, Instant now) {
    return tellStaff(ledger, list, "membership notices", _ -> notice, cause, now, MemberRole.OWNER);
  }

  private String tellStaff(
      Ledger ledger,
      MailingList list,
      String what,
      Function<MailAddress, Notice> notice,
      MailId cause,
      Instant now,
      MemberRole... roles) {
    int number =
        Limits.take(
            ledger,
            list.id(),
            what,
            AnswerLimits.HOLD_NOTICES_AN_HOUR,
            ChronoUnit.HOURS,
            cause,
            now);
    if (number == 0) {
      return "Moderators had enough notices this hour.";
    }
    boolean last = number == AnswerLimits.HOLD_NOTICES_AN_HOUR;
    String flood = last ? "\n" + texts.flood(ledger, list) : "";
    List<MailId> sent = tellEach(ledger, list, one -> with(notice.apply(one), flood), now, roles);
    return switch (sent.size()) {
      case 0 -> "The list has neither owner nor moderator who could be told.";
      case 1 -> "Notice " + sent.getFirst() + " sent to 1 owner or moderator.";
      default ->
          "Notices %s to %s sent to %d owners and moderators."
              .formatted(sent.getFirst(), sent.getLast(), sent.size());
    };
  }

  private static Notice with(Notice notice, String more) {
    return new Notice(notice.from(), notice.subject(), notice.text() + more);
  }

  /** Writes to every owner and moderator, each in a mail of his own. */
  public List<MailId> tellEachModerator(
      Ledger ledger, MailingList list, Function<MailAddress, Notice> notice, Instant now) {
    return tellEach(ledger, list, notice, now, MemberRole.MODERATOR, MemberRole.OWNER);
  }

  private List<MailId> tellEach(
      Ledger ledger,
      MailingList list,
      Function<MailAddress, Notice> notice,
      Instant now,
      MemberRole... roles) {
    return holders(ledger, list, roles).stream()
        .map(one ->
            send(ledger, list, List.of(one), one, notice.apply(one), new Occasion.Own(), now))
        .toList();
  }

  /** Writes to an address in the name of the site. Who calls this counts. */
  public void tellForSite(
      Ledger ledger, MailAddress from, MailAddress to, Notice notice, Instant now) {
    MailId id = newId();
    MessageId own = new MessageId(id + "@" + from.domain());
    ledger.tell(
        new MailEvent(id, now, MailEvent.Kind.NOTICE, null, own.value(), notice.subject(), 1));
    Dispatch.send(
        ledger,
        OutgoingMail.notice(
            id,
            null,
            new MachineMail(
                    new HeaderMailbox("", from), to, notice.subject(), own, now, new Occasion.Own())
                .withText(notice.text()),
            !to.isAscii()),
        consumer -> consumer.accept(to),
        now,
        _ -> {});
  }

  /**
   * Sends owners a notice with the mail that it is about behind it. What comes back of it goes to
   * nobody. Whoever calls this sees to it that it is not often.
   *
   * @param form what is done to a mail that goes to owners
   */
  public MailId passOn(
      Ledger ledger,
      MailingList list,
      List<MailAddress> owners,
      Notice notice,
      ListMail about,
      UnaryOperator<RawMessage> form,
      Instant now) {
    MailId id = newId();
    tellOf(ledger, list, notice, id, owners.size(), now);
    RawMessage message =
        NoticeMail.write(
            list, notice, list.roleAddress(notice.from()), form.apply(about.message()), id, now);
    Dispatch.send(
        ledger,
        new OutgoingMail(
            new OutgoingMeta(id, list.id(), OutgoingMeta.Kind.NOTICE, about.meta().body()),
            form.apply(message),
            new ReturnPath.Fixed(new ReversePath.Null()),
            null,
            null),
        consumer -> owners.forEach(consumer),
        now,
        _ -> {});
    return id;
  }

  private static void tellOf(
      Ledger ledger, MailingList list, Notice notice, MailId id, int recipients, Instant now) {
    ledger.tell(
        new MailEvent(
            id,
            now,
            MailEvent.Kind.NOTICE,
            list.id(),
            NoticeMail.messageId(list, id).value(),
            notice.subject(),
            recipients));
  }

  /** Those of a list's owners and moderators that hold one of these roles. */
  public static List<MailAddress> holders(Ledger ledger, MailingList list, MemberRole... roles) {
    return ledger.staff(list.id()).stream()
        .filter(member -> Stream.of(roles).anyMatch(member.roles()::contains))
        .map(Member::address)
        .toList();
  }

  /**
   * @param to whom the header names; null for several owners at once
   */
  private MailId send(
      Ledger ledger,
      MailingList list,
      List<MailAddress> recipients,
      @Nullable MailAddress to,
      Notice notice,
      Occasion occasion,
      Instant now) {
    ReversePath back = new ReversePath.Mailbox(list.roleAddress("bounces"));
    return send(ledger, list, recipients, to, notice, occasion, back, now);
  }

  private MailId send(
      Ledger ledger,
      MailingList list,
      List<MailAddress> recipients,
      @Nullable MailAddress to,
      Notice notice,
      Occasion occasion,
      ReversePath back,
      Instant now) {
    MailId id = newId();
    MailAddress shown = to == null ? list.roleAddress(notice.from()) : to;
    tellOf(ledger, list, notice, id, recipients.size(), now);
    Dispatch.send(
        ledger,
        new OutgoingMail(
            new OutgoingMeta(
                id, list.id(), OutgoingMeta.Kind.NOTICE, new BodyFacts(false, !shown.isAscii())),
            NoticeMail.write(list, notice, shown, occasion, id, now),
            new ReturnPath.Fixed(back),
            null,
            null),
        consumer -> recipients.forEach(consumer),
        now,
        _ -> {});
    return id;
  }
}

package org.milena.listexpander.publication;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.Account;
import org.milena.common.directory.Authorship;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.ListState;
import org.milena.common.event.MailEvent;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.PersonalValue;
import org.milena.common.event.PostMeta;
import org.milena.common.event.RecordType;
import org.milena.common.event.ReturnPath;
import org.milena.common.event.Sentence;
import org.milena.common.event.Topics;
import org.milena.common.event.UnsubscribeLink;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ReversePath;
import org.milena.common.outgoing.OutgoingMail;
import org.milena.common.outgoing.Personal;
import org.milena.common.settings.FilterAction;
import org.milena.common.settings.Personalization;
import org.milena.common.stage.MailRecords;
import org.milena.listexpander.expansion.Dispatch;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.notice.Notices;
import org.milena.listexpander.notice.Texts;
import org.milena.listexpander.preparation.ListHeaders;
import org.milena.listexpander.preparation.SiteUrls;
import org.milena.listexpander.sentence.Phrase;
import org.milena.listexpander.thread.ThreadReaders;
import org.milena.listexpander.tracking.PostTracking;

/** Posts what was accepted. */
public final class Publication {
  private final ListHeaders headers;
  private final SiteUrls urls;
  private final Notices notices;
  private final Texts texts;
  private final PostExtras extras;
  private final Preparation preparation;

  public Publication(
      ListHeaders headers, SiteUrls urls, Notices notices, Texts texts, PostExtras extras) {
    this.headers = headers;
    this.urls = urls;
    this.notices = notices;
    this.texts = texts;
    this.extras = extras;
    this.preparation = new Preparation(headers, urls, extras);
  }

  /**
   * Archives and expands a post, unless the list's filter of contents leaves nothing of it or its
   * copies would be refused. That is found out before anything is written, and no rule knows of it.
   *
   * @param why a sentence for its story
   * @return what became of it. To hold it or to give it back is left to the caller
   */
  public PostOutcome post(Ledger ledger, MailingList list, ListMail mail, Instant now, String why) {
    return switch (preparation.prepare(ledger, list, mail)) {
      case Preparation.Result.Ready(var post) -> {
        write(ledger, list, mail, post, now, why);
        yield new PostOutcome.Posted();
      }
      case Preparation.Result.NothingLeft(var reason) ->
          setAside(ledger, list, mail, list.settings().filter().filterAction(), reason, now);
      case Preparation.Result.Refused(var reason) ->
          new PostOutcome.MustReject(List.of(refusal(list, reason)));
      case Preparation.Result.Dropped(var reason) ->
          discarded(ledger, list, mail, "Its copies would be refused: " + reason + ".", now);
    };
  }

  private static Sentence refusal(MailingList list, Sentence reason) {
    String own = list.settings().dmarc().dmarcNotice().strip();
    return own.isEmpty() ? Phrase.COPIES_REFUSED.say(reason) : Sentence.plain(own);
  }

  private PostOutcome setAside(
      Ledger ledger,
      MailingList list,
      ListMail mail,
      FilterAction action,
      Sentence reason,
      Instant now) {
    return switch (action) {
      case DISCARD -> discarded(ledger, list, mail, reason.text(), now);
      case REJECT -> new PostOutcome.MustReject(List.of(reason));
      case HOLD -> new PostOutcome.MustHold(List.of(reason));
      case FORWARD -> forwarded(ledger, list, mail, reason.text(), now);
    };
  }

  private static PostOutcome discarded(
      Ledger ledger, MailingList list, ListMail mail, String reason, Instant now) {
    ledger.tell(mail.event(now, MailEvent.Kind.DISCARDED, list.id(), "Discarded. " + reason, 0));
    return new PostOutcome.SetAside(reason);
  }

  private PostOutcome forwarded(
      Ledger ledger, MailingList list, ListMail mail, String reason, Instant now) {
    List<MailAddress> owners = Notices.holders(ledger, list, MemberRole.OWNER);
    if (owners.isEmpty()) {
      return discarded(ledger, list, mail, reason + " There is no owner who could get it.", now);
    }
    ledger.tell(
        mail.event(
            now,
            MailEvent.Kind.RELAYED,
            list.id(),
            "Only the owners of %s get it. %s".formatted(list.address(), reason),
            owners.size()));
    Dispatch.send(
        ledger,
        new OutgoingMail(
            new OutgoingMeta(mail.id(), list.id(), OutgoingMeta.Kind.RELAY, mail.meta().body()),
            headers.ownerForm(mail.message(), list),
            new ReturnPath.Fixed(new ReversePath.Mailbox(list.roleAddress("bounces"))),
            null,
            null),
        consumer -> owners.forEach(consumer),
        now,
        _ -> {});
    return new PostOutcome.SetAside(reason);
  }

  private void write(
      Ledger ledger, MailingList list, ListMail mail, PreparedPost post, Instant now, String why) {
    ledger.tell(
        mail.event(now, MailEvent.Kind.ACCEPTED, list.id(), accepted(why, post.changes()), 0));
    post.number()
        .ifPresent(number -> {
          ListState state = ledger.state(list.id());
          ledger.put(
              new ListState(
                  state.list(),
                  number,
                  state.volume(),
                  state.issue(),
                  state.lastDigestOn(),
                  state.lastDailyOn()));
        });
    post.archiveId().ifPresent(id -> archive(ledger, list, mail, post, id, now));
    Optional<Account> submitter =
        Optional.ofNullable(mail.meta().client().account()).flatMap(ledger::account);
    Optional<Authorship.Proven> author = mail.provenAuthor(submitter);
    String acknowledged =
        author.map(proven -> acknowledge(ledger, list, mail, post, proven, now)).orElse("");
    expand(ledger, list, mail, post, author, acknowledged, now);
    extras.posted(
        ledger, list, mail, headers.digestForm(post.content(), list, post.archiveId()), now);
  }

  private static String accepted(String why, List<String> changes) {
    return changes.isEmpty()
        ? why
        : why + " The filter of contents changed it: " + String.join(", ", changes) + ".";
  }

  private void archive(
      Ledger ledger,
      MailingList list,
      ListMail mail,
      PreparedPost post,
      ArchiveId id,
      Instant now) {
    ledger.send(
        MailRecords.mail(
                Topics.POSTS,
                id.value(),
                RecordType.POST,
                new PostMeta(
                    mail.id(), list.id(), id, mail.meta().receivedAt(), now, mail.meta().sha256()),
                mail.id(),
                headers.archiveForm(post.content(), list, id))
            .inPartitionOf(list.id().value()));
  }

  private void expand(
      Ledger ledger,
      MailingList list,
      ListMail mail,
      PreparedPost post,
      Optional<Authorship.Proven> author,
      String acknowledged,
      Instant now) {
    MailAddress bounces = list.roleAddress("bounces");
    List<Member> members = members(ledger, list, mail, now);
    Optional<MailAddress> told = PostTracking.reader(ledger, list, mail, author);
    OutgoingMeta meta =
        new OutgoingMeta(
            mail.id(), list.id(), OutgoingMeta.Kind.POST, mail.meta().body(), post.marks());
    ReturnPath back =
        list.settings().copies().verp()
            ? new ReturnPath.Verp(bounces)
            : new ReturnPath.Fixed(new ReversePath.Mailbox(bounces));
    UnsubscribeLink unsubscribe =
        preparation.hasOwnLinks(list)
            ? new UnsubscribeLink(urls.unsubscribePrefix(), list.roleAddress("unsubscribe"))
            : null;
    Personal personal = personal(list, post, members);
    Dispatch.send(
        ledger,
        count ->
            new OutgoingMail(
                meta,
                post.copy(),
                back,
                unsubscribe,
                null,
                personal,
                told.isPresent() && PostTracking.counts(count)),
        consumer -> members.forEach(member -> consumer.accept(member.address())),
        now,
        count -> {
          ledger.tell(
              mail.event(
                      now,
                      MailEvent.Kind.EXPANDED,
                      list.id(),
                      "Expanded to %,d members of %s. %s%s%s"
                          .formatted(
                              count, list.address(), links(post), post.dmarc(), acknowledged),
                      count)
                  .by(author.map(Authorship.Proven::author).orElse(null)));
          told.filter(_ -> PostTracking.counts(count))
              .ifPresent(to -> PostTracking.begin(ledger, list, mail, to, count, now));
        });
  }

  private static List<Member> members(Ledger ledger, MailingList list, ListMail mail, Instant now) {
    PostRecipients recipients = new PostRecipients(mail, ThreadReaders.of(ledger, list, mail, now));
    List<Member> members = new ArrayList<>();
    ledger.eachMember(
        list.id(),
        member -> {
          if (recipients.include(member)) {
            members.add(member);
          }
        });
    return members;
  }

  /** What of the copies is each member's own; null where they are the same. */
  private @Nullable Personal personal(MailingList list, PreparedPost post, List<Member> members) {
    boolean full = list.settings().copies().personalize() == Personalization.FULL;
    if (!full && post.marks().isEmpty()) {
      return null;
    }
    Map<MailAddress, String> names = new HashMap<>();
    for (Member member : members) {
      if (!member.displayName().isEmpty()) {
        names.put(member.address(), member.displayName());
      }
    }
    boolean leaving =
        post.marks().stream().anyMatch(mark -> mark.value() == PersonalValue.LEAVE_URL);
    return new Personal(full, leaving ? urls.unsubscribePrefix() : null, names);
  }

  private static String links(PreparedPost post) {
    return switch (post.links()) {
      case 0 -> "";
      case 1 -> "An attachment became a link. ";
      default -> post.links() + " attachments became links. ";
    };
  }

  private String postUrl(MailingList list, PreparedPost post) {
    return post.archiveId().map(id -> urls.post(list.address(), id)).orElse("");
  }

  /** Tells the author, if he wants that, that his post is out; what happened. */
  private String acknowledge(
      Ledger ledger,
      MailingList list,
      ListMail mail,
      PreparedPost post,
      Authorship.Proven author,
      Instant now) {
    return wantsAcknowledgement(ledger, list, author)
        ? " To the author: "
            + notices.answer(
                ledger,
                list,
                mail,
                author,
                texts.acknowledgement(
                    ledger, list, author.author(), mail.facts().subject(), postUrl(list, post)),
                now)
        : "";
  }

  private static boolean wantsAcknowledgement(
      Ledger ledger, MailingList list, Authorship.Proven author) {
    return ledger
        .member(list.id(), author.author())
        .map(member -> member.options().acknowledge())
        .orElse(false);
  }
}

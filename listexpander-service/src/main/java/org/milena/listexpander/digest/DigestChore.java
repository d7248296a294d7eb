package org.milena.listexpander.digest;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.event.DigestPost;
import org.milena.common.event.ListState;
import org.milena.common.event.MailEvent;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.stage.MailReader;
import org.milena.listexpander.chore.Chore;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.ledger.ListTables;

/**
 * Sends digests: to all who read them when one is due, and to those who left what they would have
 * missed.
 *
 * <p>Messages are read, and turned into both forms, before the transaction; inside, only posts that
 * still wait count, and whether a digest is due is asked again. So two reminders make one digest.
 */
public final class DigestChore implements Chore {
  /** So many mails' worth of posts are made ready at once; the others wait for the next time. */
  private static final int MAILS_AT_ONCE = 2;

  private final DigestMail mail;
  private final DigestLimits limits;

  public DigestChore(DigestMail mail, DigestLimits limits) {
    this.mail = mail;
    this.limits = limits;
  }

  @Override
  public boolean isDue(ListTables tables, MailingList list, Instant now) {
    return isDue(list, Waiting.forDigest(Waiting.of(tables, list.id())), now)
        || Farewell.any(tables, list.id());
  }

  private boolean isDue(MailingList list, List<DigestPost> waiting, Instant now) {
    return waiting.size() >= limits.posts()
        || Waiting.isDigestDue(list.settings().digests(), waiting, now, limits.issue());
  }

  @Override
  public Optional<Work> prepare(
      ListTables tables, MailReader mails, MailingList list, Instant now) {
    if (!isDue(tables, list, now)) {
      return Optional.empty();
    }
    Fetched<ReadyPost> fetched =
        Fetched.read(
            mails,
            Waiting.forDigest(Waiting.of(tables, list.id())),
            (row, message) -> ReadyPost.of(row, message, limits),
            enough());
    return Optional.of((ledger, current, time) -> carryOut(ledger, current, fetched, time));
  }

  private Predicate<ReadyPost> enough() {
    long most = (long) MAILS_AT_ONCE * limits.issue();
    int[] posts = {0};
    long[] octets = {0};
    return post -> {
      posts[0]++;
      octets[0] += Math.max(post.partSize(), post.sectionSize());
      return octets[0] >= most || posts[0] >= MAILS_AT_ONCE * limits.posts();
    };
  }

  private void carryOut(Ledger ledger, MailingList list, Fetched<ReadyPost> fetched, Instant now) {
    ledger.settle(); // posts of this very transaction may still wait to know where they lie
    List<DigestPost> waiting = Waiting.forDigest(ledger.digestPosts(list.id()));
    boolean due = isDue(list, waiting, now);
    for (Farewell farewell : Farewell.all(ledger, list.id())) {
      bid(ledger, list, farewell, waiting, fetched, due, now);
    }
    if (due) {
      sendAll(ledger, list, waiting.stream().filter(fetched::has).toList(), fetched, now);
    }
  }

  /** Sends somebody who left what waited then. */
  private void bid(
      Ledger ledger,
      MailingList list,
      Farewell farewell,
      List<DigestPost> waiting,
      Fetched<ReadyPost> fetched,
      boolean due,
      Instant now) {
    Optional<Member> member = ledger.member(list.id(), farewell.address()).filter(Farewell::isOwed);
    List<DigestPost> owed =
        waiting.stream().filter(post -> !post.at().isAfter(farewell.upTo())).toList();
    boolean complete = owed.stream().allMatch(fetched::has);
    if (member.isEmpty() || complete) {
      farewell.done(ledger, list.id());
    }
    // what is not complete goes out only with those that the digest takes away now
    if (member.isPresent() && (complete || due)) {
      List<MailAddress> one = List.of(member.get().address());
      boolean mime = farewell.mode() == DeliveryMode.MIME_DIGEST;
      Issue issue = next(ledger.state(list.id()), list, now);
      for (List<ReadyPost> posts : mails(fetched.of(owed))) {
        send(
            ledger,
            list,
            mail.texts().digest(ledger, list, issue, true, posts),
            posts,
            mime ? one : List.of(),
            mime ? List.of() : one,
            now);
      }
    }
  }

  private void sendAll(
      Ledger ledger,
      MailingList list,
      List<DigestPost> rows,
      Fetched<ReadyPost> fetched,
      Instant now) {
    List<MailAddress> mime = new ArrayList<>();
    List<MailAddress> plain = new ArrayList<>();
    ledger.eachMember(
        list.id(),
        member -> {
          if (member.receives(DeliveryMode.MIME_DIGEST)) {
            mime.add(member.address());
          } else if (member.receives(DeliveryMode.PLAIN_DIGEST)) {
            plain.add(member.address());
          }
        });
    if (!mime.isEmpty() || !plain.isEmpty()) {
      for (List<ReadyPost> posts : mails(fetched.of(rows))) {
        ListState state = ledger.state(list.id());
        Issue issue = next(state, list, now);
        DigestTexts.Around around = mail.texts().digest(ledger, list, issue, false, posts);
        send(ledger, list, around, posts, mime, plain, now);
        ledger.put(issue.countedIn(state));
        int readers = mime.size() + plain.size();
        posts.forEach(post ->
            ledger.tell(
                post.event(
                    now,
                    MailEvent.Kind.EXPANDED,
                    "In %s to %,d members of %s."
                        .formatted(around.title(), readers, list.address()),
                    readers)));
      }
    }
    for (DigestPost row : rows) {
      String gone = fetched.gone().get(row.mailId());
      if (gone != null) {
        ledger.tell(lost(row, now, gone));
      }
      digested(ledger, row);
    }
  }

  private void send(
      Ledger ledger,
      MailingList list,
      DigestTexts.Around around,
      List<ReadyPost> posts,
      List<MailAddress> mime,
      List<MailAddress> plain,
      Instant now) {
    mail.sendMime(ledger, list, around, posts, mime, now);
    mail.sendPlain(ledger, list, around, posts, plain, now);
  }

  private static Issue next(ListState state, MailingList list, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, list.settings().digests().timeZone());
    return Issue.next(state, list.settings().digests().digestVolume(), today);
  }

  /** Some posts for each mail, so that none gets too big in either form. None for no posts. */
  private List<List<ReadyPost>> mails(List<ReadyPost> posts) {
    List<List<ReadyPost>> mails = new ArrayList<>();
    List<ReadyPost> open = new ArrayList<>();
    long parts = 0;
    long sections = 0;
    for (ReadyPost post : posts) {
      boolean full =
          parts + post.partSize() > limits.issue()
              || sections + post.sectionSize() > limits.issue()
              || open.size() == limits.posts();
      if (full && !open.isEmpty()) {
        mails.add(List.copyOf(open));
        open.clear();
        parts = 0;
        sections = 0;
      }
      open.add(post);
      parts += post.partSize();
      sections += post.sectionSize();
    }
    if (!open.isEmpty()) {
      mails.add(List.copyOf(open));
    }
    return mails;
  }

  private static MailEvent lost(DigestPost row, Instant now, String reason) {
    return new MailEvent(
        row.mailId(),
        now,
        MailEvent.Kind.DISCARDED,
        row.list(),
        null,
        "Left out of the digest: its message is gone: " + reason,
        0);
  }

  private static void digested(Ledger ledger, DigestPost row) {
    if (row.summarised()) {
      ledger.delete(row);
    } else {
      ledger.put(
          new DigestPost(
              row.list(),
              row.mailId(),
              row.content(),
              row.author(),
              row.subject(),
              row.size(),
              row.at(),
              false,
              true));
    }
  }
}

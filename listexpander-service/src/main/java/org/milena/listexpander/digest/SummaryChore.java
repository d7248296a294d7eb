package org.milena.listexpander.digest;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.milena.common.directory.MailingList;
import org.milena.common.event.DigestPost;
import org.milena.common.event.MailEvent;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.DigestSettings;
import org.milena.common.stage.MailReader;
import org.milena.listexpander.chore.Chore;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.ledger.ListTables;
import org.milena.listexpander.preparation.SiteUrls;
import org.milena.listexpander.template.TemplateText;

/**
 * Sends summaries, once a day at the hour of digests. Like {@link DigestChore}, it reads before the
 * transaction and asks again inside.
 */
public final class SummaryChore implements Chore {
  /** More posts wait for the next summary. */
  private static final int MAX_POSTS = 5_000;

  private final DigestMail mail;
  private final SiteUrls urls;

  public SummaryChore(DigestMail mail, SiteUrls urls) {
    this.mail = mail;
    this.urls = urls;
  }

  @Override
  public boolean isDue(ListTables tables, MailingList list, Instant now) {
    return isDue(list, Waiting.forSummary(Waiting.of(tables, list.id())), now);
  }

  private static boolean isDue(MailingList list, List<DigestPost> waiting, Instant now) {
    return Waiting.isSummaryDue(list.settings().digests(), waiting, now);
  }

  @Override
  public Optional<Work> prepare(
      ListTables tables, MailReader mails, MailingList list, Instant now) {
    List<DigestPost> waiting = Waiting.forSummary(Waiting.of(tables, list.id()));
    if (!isDue(list, waiting, now)) {
      return Optional.empty();
    }
    Fetched<SummaryPost> fetched =
        Fetched.read(
            mails, waiting.stream().limit(MAX_POSTS).toList(), SummaryPost::of, _ -> false);
    return Optional.of((ledger, current, time) -> carryOut(ledger, current, fetched, time));
  }

  private void carryOut(
      Ledger ledger, MailingList list, Fetched<SummaryPost> fetched, Instant now) {
    ledger.settle(); // posts of this very transaction may still wait to know where they lie
    List<DigestPost> waiting = Waiting.forSummary(ledger.digestPosts(list.id()));
    if (!isDue(list, waiting, now)) {
      return;
    }
    List<DigestPost> rows = waiting.stream().filter(fetched::has).toList();
    List<MailAddress> readers = new ArrayList<>();
    ledger.eachMember(
        list.id(),
        member -> {
          if (member.receives(DeliveryMode.SUMMARY)) {
            readers.add(member.address());
          }
        });
    if (!rows.isEmpty() && !readers.isEmpty()) {
      send(ledger, list, rows, fetched, readers, now);
    }
    rows.forEach(row -> summarised(ledger, row));
  }

  private void send(
      Ledger ledger,
      MailingList list,
      List<DigestPost> rows,
      Fetched<SummaryPost> fetched,
      List<MailAddress> readers,
      Instant now) {
    List<SummaryPost> posts =
        rows.stream()
            .map(row -> {
              SummaryPost read = fetched.ready().get(row.mailId());
              return read == null ? SummaryPost.of(row) : read;
            })
            .toList();
    DigestSettings settings = list.settings().digests();
    LocalDate day = LocalDate.ofInstant(now, settings.timeZone());
    TemplateText.Filled masthead = mail.texts().summary(ledger, list, day, posts.size());
    String title = masthead.subject();
    Optional<String> archive =
        list.settings().archive().archived()
            ? Optional.of(urls.archive(list.address()))
            : Optional.empty();
    mail.sendText(
        ledger,
        list,
        title,
        title,
        SummaryText.write(posts, masthead.text(), DigestTexts.words(list), archive),
        readers,
        now);
    for (DigestPost row : rows) {
      String gone = fetched.gone().get(row.mailId());
      ledger.tell(
          new MailEvent(
              row.mailId(),
              now,
              MailEvent.Kind.EXPANDED,
              row.list(),
              null,
              "In %s to %,d members of %s.%s"
                  .formatted(
                      title,
                      readers.size(),
                      list.address(),
                      gone == null ? "" : " Its message is gone: " + gone),
              readers.size()));
    }
  }

  private static void summarised(Ledger ledger, DigestPost row) {
    if (row.digested()) {
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
              true,
              false));
    }
  }
}

package org.milena.listexpander.digest;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.milena.common.event.DigestPost;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.OneLine;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;
import org.milena.listexpander.incoming.MailFacts;

/**
 * What a summary says of a post.
 *
 * @param ids its own Message-ID, and those it answers
 * @param subject without what shows that it is an answer
 * @param answers whether the subject says that it is one
 */
record SummaryPost(
    DigestPost row,
    Set<String> ids,
    String subject,
    boolean answers,
    String author,
    Optional<String> link) {
  private static final int MAX_IDS = 50;
  private static final int MAX_SUBJECT = 200;
  private static final List<String> MARKS = List.of("re:", "aw:", "sv:", "antw:");

  SummaryPost {
    ids = Set.copyOf(ids);
  }

  /** Reads the header of a post. */
  static SummaryPost of(DigestPost row, RawMessage message) {
    HeaderBlock header = HeaderBlock.of(message);
    MailFacts facts = MailFacts.of(message);
    Set<String> ids = new LinkedHashSet<>();
    facts.messageId().ifPresent(id -> ids.add(id.value()));
    for (String name : List.of("In-Reply-To", "References")) {
      header
          .first(name)
          .ifPresent(field ->
              MessageId.parseAll(field.value()).stream()
                  .limit(MAX_IDS)
                  .forEach(id -> ids.add(id.value())));
    }
    String subject = OneLine.of(facts.subject(), MAX_SUBJECT);
    String base = base(subject);
    return new SummaryPost(
        row, ids, base, !base.equals(subject), ReadyPost.author(facts), ReadyPost.link(header));
  }

  /** What its row says of a post whose message is gone. */
  static SummaryPost of(DigestPost row) {
    String subject = OneLine.of(row.subject(), MAX_SUBJECT);
    String base = base(subject);
    return new SummaryPost(
        row, Set.of(), base, !base.equals(subject), row.author(), Optional.empty());
  }

  private static String base(String subject) {
    String base = subject;
    boolean marked = true;
    while (marked) {
      marked = false;
      for (String mark : MARKS) {
        if (base.regionMatches(true, 0, mark, 0, mark.length())) {
          base = base.substring(mark.length()).strip();
          marked = true;
        }
      }
    }
    return base;
  }
}

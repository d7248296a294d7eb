package org.milena.listexpander.digest;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.milena.common.directory.MailingList;
import org.milena.common.header.OneLine;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.notice.Texts;
import org.milena.listexpander.template.Language;
import org.milena.listexpander.template.TemplateName;
import org.milena.listexpander.template.TemplateText;

/**
 * The words around the posts of digests and summaries: templates of the list, its domain or the
 * site, or else ours; in the list's language, since many readers get the same mail.
 */
public final class DigestTexts {
  private static final int MAX_END = 500;

  private final Texts texts;

  public DigestTexts(Texts texts) {
    this.texts = texts;
  }

  /**
   * What stands around the posts of a digest, in lines that end in LF.
   *
   * @param title its subject
   * @param masthead on top: what the list is, and how to write to it and to leave
   * @param header owners' words below that; empty for none
   * @param contents what posts there are
   * @param footer owners' words behind the posts; empty for none
   * @param end the last line of a digest in one text, without LF
   */
  record Around(
      String title, String masthead, String header, String contents, String footer, String end) {}

  /**
   * Those of a digest.
   *
   * @param partial whether it is for somebody who does not wait for the whole one
   */
  Around digest(
      Ledger ledger, MailingList list, Issue issue, boolean partial, List<ReadyPost> posts) {
    Map<String, String> numbers = new HashMap<>();
    numbers.put("volume", Integer.toString(issue.volume()));
    numbers.put("issue", Integer.toString(issue.number()));
    Map<String, String> counted = new HashMap<>(numbers);
    counted.put("count", Integer.toString(posts.size()));
    TemplateText.Filled masthead = filled(ledger, list, TemplateName.DIGEST_MASTHEAD, counted);
    counted.put("contents", topics(posts));
    return new Around(
        partial ? masthead.subject() + words(list).partial() : masthead.subject(),
        masthead.text(),
        filled(ledger, list, TemplateName.DIGEST_HEADER, numbers).text(),
        filled(ledger, list, TemplateName.DIGEST_CONTENTS, counted).text(),
        filled(ledger, list, TemplateName.DIGEST_FOOTER, numbers).text(),
        OneLine.of(filled(ledger, list, TemplateName.DIGEST_END, numbers).text(), MAX_END));
  }

  /**
   * What stands on top of a summary.
   *
   * @param day of the summary, in the list's time zone
   */
  TemplateText.Filled summary(Ledger ledger, MailingList list, LocalDate day, int posts) {
    return filled(
        ledger,
        list,
        TemplateName.SUMMARY_MASTHEAD,
        Map.of("day", day.toString(), "count", Integer.toString(posts)));
  }

  /** The few words that are no template. */
  static DigestWords words(MailingList list) {
    return Texts.usual(list) == Language.DE ? DigestWords.GERMAN : DigestWords.ENGLISH;
  }

  private TemplateText.Filled filled(
      Ledger ledger, MailingList list, TemplateName name, Map<String, String> values) {
    return texts.filled(ledger::template, list, Texts.usual(list), name, values);
  }

  private static String topics(List<ReadyPost> posts) {
    StringBuilder out = new StringBuilder();
    int number = 0;
    for (ReadyPost post : posts) {
      out.append(out.isEmpty() ? "" : "\n");
      out.append("%4d. %s".formatted(++number, post.topic()));
    }
    return out.toString();
  }
}

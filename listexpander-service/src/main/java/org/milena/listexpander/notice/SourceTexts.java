package org.milena.listexpander.notice;

import java.util.Map;
import org.milena.common.directory.MailingList;
import org.milena.common.header.OneLine;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.template.TemplateName;

/** What owners are told of members that come from the web. */
public final class SourceTexts {
  private static final int MAX_REASON = 500;

  private final Texts texts;

  public SourceTexts(Texts texts) {
    this.texts = texts;
  }

  /** Nothing comes of a source any more; what came before stays. */
  public Notice failed(Ledger ledger, MailingList list, String url, String reason) {
    return texts.owner(
        ledger,
        list,
        Texts.usual(list),
        TemplateName.SOURCE_FAILS,
        Map.of("source_url", url, "reason", OneLine.of(reason, MAX_REASON)));
  }

  /**
   * A text with much fewer addresses waits for their word.
   *
   * @param known how many there are now
   */
  public Notice smaller(Ledger ledger, MailingList list, String url, int count, int known) {
    return texts.owner(
        ledger,
        list,
        Texts.usual(list),
        TemplateName.SOURCE_SHRINKS,
        Map.of("source_url", url, "count", String.valueOf(count), "known", String.valueOf(known)));
  }
}

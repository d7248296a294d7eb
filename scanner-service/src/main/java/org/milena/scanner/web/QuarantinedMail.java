package org.milena.scanner.web;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.MailMeta;
import org.milena.common.event.QuarantineAct;
import org.milena.common.event.ScanReport;
import org.milena.common.event.ScanReport.EngineReport;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.mail.MailId;
import org.milena.scanner.builtin.AttachmentList.Attachment;
import org.milena.scanner.quarantine.QuarantineEntry;
import org.milena.scanner.scan.ShownText;

/**
 * A mail in quarantine as operators see it. Subject, author and names come from a stranger: they
 * are text, never markup.
 *
 * @param reason why it was kept back, a sentence
 * @param size of the message in octets
 * @param client numeric address it came from
 * @param decidedBy the operator who released or deleted it
 * @param attachments by name and type; absent in lists, and when the message is gone
 */
record QuarantinedMail(
    MailId id,
    QuarantineEntry.State state,
    @Nullable Verdict verdict,
    String reason,
    Instant receivedAt,
    Instant quarantinedAt,
    String reversePath,
    List<String> recipients,
    String author,
    String subject,
    int size,
    String client,
    List<EngineReport> engines,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt,
    @Nullable List<Attachment> attachments) {

  static QuarantinedMail of(QuarantineEntry entry, @Nullable List<Attachment> attachments) {
    MailMeta mail = entry.meta().mail();
    ScanReport report = mail.scan();
    QuarantineAct act = entry.act();
    return new QuarantinedMail(
        entry.id(),
        entry.state(),
        report == null ? null : report.verdict(),
        ShownText.of(entry.meta().reason()),
        mail.receivedAt(),
        entry.meta().at(),
        mail.reversePath().wire(),
        mail.recipients().stream().map(one -> one.forwardPath().wire()).toList(),
        entry.author(),
        entry.subject(),
        entry.size(),
        mail.client().address(),
        report == null ? List.of() : report.engines(),
        act == null ? null : act.by(),
        act == null ? null : act.at(),
        attachments);
  }
}

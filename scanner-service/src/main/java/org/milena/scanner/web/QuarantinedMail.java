package org.milena.scanner.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.MailMeta;
import org.milena.common.event.QuarantineAct;
import org.milena.common.event.ScanReport;
import org.milena.common.event.ScanReport.EngineReport;
import org.milena.common.event.ScanReport.Objection;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.event.SpamReport;
import org.milena.common.mail.MailId;
import org.milena.scanner.quarantine.MessageFacts;
import org.milena.scanner.quarantine.MessageFacts.AttachedFile;
import org.milena.scanner.quarantine.QuarantineEntry;
import org.milena.scanner.scan.ShownText;

/**
 * A mail in quarantine as operators see it. Subject, author, names and header come from a stranger:
 * they are text, never markup.
 *
 * @param reason why it was kept back, a sentence
 * @param expiresAt until when one can decide about it
 * @param size of the message in octets
 * @param client numeric address it came from
 * @param engines what they said when it was kept back
 * @param authentication what was found out about who sent it; empty when nothing was checked
 * @param decidedBy the operator who released or deleted it
 * @param acts what operators did, in the order they did it
 * @param attachments absent in lists, and when the message is gone
 * @param header its lines; absent likewise
 */
public record QuarantinedMail(
    MailId id,
    QuarantineEntry.State state,
    @Nullable Verdict verdict,
    String reason,
    Instant receivedAt,
    Instant quarantinedAt,
    Instant expiresAt,
    String reversePath,
    List<String> recipients,
    String author,
    String subject,
    int size,
    String client,
    List<EngineWord> engines,
    @Nullable SpamReport spam,
    List<SenderCheck> authentication,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt,
    List<OperatorAct> acts,
    @Nullable List<AttachedFile> attachments,
    @Nullable List<String> header) {

  public QuarantinedMail {
    recipients = List.copyOf(recipients);
    engines = List.copyOf(engines);
    authentication = List.copyOf(authentication);
    acts = List.copyOf(acts);
    attachments = attachments == null ? null : List.copyOf(attachments);
    header = header == null ? null : List.copyOf(header);
  }

  /**
   * What an engine said.
   *
   * @param detail the signature or the reason; empty when clean
   */
  public record EngineWord(
      String engine,
      String version,
      Verdict verdict,
      String detail,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Objection objection) {

    static List<EngineWord> of(@Nullable ScanReport report) {
      return report == null ? List.of() : report.engines().stream().map(EngineWord::of).toList();
    }

    private static EngineWord of(EngineReport report) {
      return new EngineWord(
          report.engine(),
          ShownText.of(report.version()),
          report.verdict(),
          ShownText.of(report.detail()),
          report.objection());
    }
  }

  /**
   * Something an operator did.
   *
   * @param note in the operator's words
   * @param engines what they said then; empty where they were not asked
   */
  public record OperatorAct(
      QuarantineAct.Act act,
      String by,
      Instant at,
      @Nullable String note,
      List<EngineWord> engines) {

    public OperatorAct {
      engines = List.copyOf(engines);
    }

    static OperatorAct of(QuarantineAct act) {
      String note = act.note();
      return new OperatorAct(
          act.act(),
          act.by(),
          act.at(),
          note == null ? null : ShownText.of(note),
          EngineWord.of(act.report()));
    }
  }

  static QuarantinedMail of(
      QuarantineEntry entry, QuarantineEntry.State state, Optional<MessageFacts> facts) {
    MailMeta mail = entry.meta().mail();
    ScanReport report = mail.scan();
    QuarantineAct act = entry.act();
    return new QuarantinedMail(
        entry.id(),
        state,
        entry.verdict().orElse(null),
        ShownText.of(entry.meta().reason()),
        mail.receivedAt(),
        entry.meta().at(),
        entry.expiresAt(),
        ShownText.of(mail.reversePath().wire()),
        mail.recipients().stream().map(one -> ShownText.of(one.forwardPath().wire())).toList(),
        entry.author(),
        entry.subject(),
        entry.size(),
        mail.client().address(),
        EngineWord.of(report),
        report == null ? null : shown(report.spam()),
        report == null ? List.of() : SenderCheck.of(report.authentication()),
        act == null ? null : act.by(),
        act == null ? null : act.at(),
        acts(entry),
        facts.map(MessageFacts::attachments).orElse(null),
        facts.map(MessageFacts::header).orElse(null));
  }

  private static List<OperatorAct> acts(QuarantineEntry entry) {
    return Stream.concat(entry.trail().stream(), Optional.ofNullable(entry.act()).stream())
        .sorted(Comparator.comparing(QuarantineAct::at))
        .map(OperatorAct::of)
        .toList();
  }

  private static @Nullable SpamReport shown(@Nullable SpamReport spam) {
    return spam == null
        ? null
        : new SpamReport(
            spam.level(),
            spam.score(),
            spam.required(),
            ShownText.of(spam.action()),
            spam.symbols().stream().map(ShownText::of).toList());
  }
}

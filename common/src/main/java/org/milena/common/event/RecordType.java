package org.milena.common.event;

import java.util.Optional;

/**
 * The types of records, as {@link RecordHeaders#TYPE} names them. A new version of a type is a new
 * constant; the old one stays readable.
 */
public enum RecordType {
  /** A message with {@link MailMeta}, before the scan. */
  RECEIVED_MAIL("received-mail/1"),
  /** A message with {@link MailMeta} that holds a scan report, for one list. */
  LIST_MAIL("list-mail/1"),
  /** JSON: {@code CommandRecord}. */
  COMMAND("command/1"),
  /** JSON: {@code OutcomeRecord}. */
  OUTCOME("outcome/1"),
  /** A message with {@link PostMeta}. */
  POST("post/1"),
  /** A message with {@link OutgoingMeta}. */
  OUTGOING_MAIL("outgoing-mail/1"),
  /** JSON: {@link Delivery}. */
  DELIVERY("delivery/1"),
  /** JSON: {@link QueueAct}: what an operator wants done with deferred mail. */
  QUEUE_ACT("queue-act/1"),
  /** JSON: {@link Deferral}. */
  DEFERRAL("deferral/1"),
  /** JSON: {@link DeliveryResult}. */
  DELIVERY_RESULT("delivery-result/1"),
  /** A message with {@link MailMeta}, kept for a moderator. */
  HELD_MAIL("held-mail/1"),
  /** A message with {@link QuarantineMeta}. */
  QUARANTINED_MAIL("quarantined-mail/1"),
  /** JSON: {@link QuarantineAct}: what an operator did with a quarantined mail. */
  QUARANTINE_ACT("quarantine-act/1"),
  /** JSON: {@link QuarantineDigest}: owners are to be told what was kept. */
  QUARANTINE_DIGEST("quarantine-digest/1"),
  /** A message that waits for a digest, with {@link MailMeta}. */
  DIGEST_MAIL("digest-mail/1"),
  /** JSON: {@link AuditEntry}. */
  AUDIT_ENTRY("audit-entry/1"),
  /** JSON: {@link MailEvent}. */
  MAIL_EVENT("mail-event/1"),
  /** JSON: a row of a compacted table; the topic says which. */
  ROW("row/1");

  private final String label;

  RecordType(String label) {
    this.label = label;
  }

  /** What stands in the record header. */
  public String label() {
    return label;
  }

  /** The type named so, if this version knows it. */
  public static Optional<RecordType> find(String label) {
    for (RecordType type : values()) {
      if (type.label.equals(label)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}

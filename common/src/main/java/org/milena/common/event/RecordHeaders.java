package org.milena.common.event;

/** The names of the Kafka record headers we write. */
public final class RecordHeaders {

  /** Name and version of the record type, for instance {@code received-mail/1}. */
  public static final String TYPE = "milena.type";

  /** JSON of what belongs to a mail but is not in it. */
  public static final String META = "milena.meta";

  /** W3C Trace Context; the trace id is the mail id. */
  public static final String TRACEPARENT = "traceparent";

  /** On dead letters: JSON of {@link DeadLetterMeta}. */
  public static final String DEAD_LETTER = "milena.dead-letter";

  private RecordHeaders() {}
}

package org.milena.archive.trace;

import org.milena.common.event.DeliveryResult;
import org.milena.common.event.MailEvent;
import org.milena.common.event.RecordPosition;

/** A line of a story, known by the record it comes from. */
public sealed interface TraceEntry {

  /** Where its record lies. */
  RecordPosition source();

  /** Something that happened to a mail. */
  record Event(RecordPosition source, MailEvent event) implements TraceEntry {}

  /** What became of some recipients. */
  record Result(RecordPosition source, DeliveryResult result) implements TraceEntry {}
}

package org.milena.archive.elasticsearch;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.archive.trace.TraceEntry;
import org.milena.common.event.DeliveryResult;
import org.milena.common.event.MailEvent;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;

/** A line of a story as the index holds it; field for field {@code trace-v1.json}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TraceDocument(
    String id,
    MailId mailId,
    @Nullable String messageId,
    @Nullable ListId list,
    Instant at,
    String kind,
    @Nullable List<String> recipients,
    @Nullable MailEvent event,
    @Nullable DeliveryResult result) {

  static final String RESULT = "RESULT";

  static TraceDocument of(TraceEntry entry) {
    String id =
        entry.source().topic() + "-" + entry.source().partition() + "-" + entry.source().offset();
    return switch (entry) {
      case TraceEntry.Event(var _, MailEvent event) ->
          new TraceDocument(
              id,
              event.mailId(),
              event.messageId(),
              event.list(),
              event.at(),
              event.kind().name(),
              null,
              event,
              null);
      case TraceEntry.Result(var _, DeliveryResult result) ->
          new TraceDocument(
              id,
              result.mailId(),
              null,
              result.list(),
              result.at(),
              RESULT,
              result.recipients().stream().map(one -> one.address().key()).toList(),
              null,
              result);
    };
  }
}

package org.milena.egress.capture;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.milena.common.mail.RawMessage;

/** Keeps messages that were to go out, so that people can read them. */
public interface Outbox {

  /** The name for a message kept now. */
  String nextId(long epochMillis);

  /**
   * Keeps a message.
   *
   * @param prefix header fields that stand before it
   * @throws org.milena.common.failure.OutageException when it cannot be kept now
   */
  void keep(OutboxEntry entry, RawMessage prefix, RawMessage message);

  /**
   * Messages from the newest on.
   *
   * @param before only those older than this id; empty to begin
   */
  List<OutboxEntry> newest(String before, int limit, Predicate<OutboxEntry> wanted);

  /** One message's envelope. */
  Optional<OutboxEntry> find(String id);

  /** One message. */
  Optional<RawMessage> message(String id);
}

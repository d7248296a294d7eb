package org.milena.scanner.rspamd;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import org.milena.common.mail.RawMessage;

/**
 * A message as the body of a request, which knows whether anybody began to send it. The client
 * tries again by itself where a connection broke: that the second one is not taken does not mean
 * that the server saw nothing of the mail.
 */
final class MailBody implements BodyPublisher {

  private final BodyPublisher octets;
  private volatile boolean begun;

  MailBody(RawMessage message) {
    octets = BodyPublishers.ofByteArray(message.unsafeBytes());
  }

  boolean begun() {
    return begun;
  }

  @Override
  public long contentLength() {
    return octets.contentLength();
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    begun = true;
    octets.subscribe(subscriber);
  }
}

package org.milena.listexpander.source.net;

import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.io.Closer;
import org.jspecify.annotations.Nullable;

/**
 * When one fetch must be over. The client takes a socket that is closed while it connects for an
 * address that does not answer, and goes to the next one: so whatever begins afterwards has to ask
 * here.
 */
final class Deadline {
  private boolean late;
  private @Nullable Socket socket;

  /** Time is up: whatever goes on ends, and nothing begins any more. */
  synchronized void pass() {
    late = true;
    // closing a plain socket waits for nobody
    Closer.closeQuietly(socket);
  }

  synchronized boolean isLate() {
    return late;
  }

  private synchronized void begin(Socket begun) throws SocketTimeoutException {
    if (late) {
      throw new SocketTimeoutException("too late");
    }
    socket = begun;
  }

  /**
   * The same strategy within this time.
   *
   * @param pause between two octets of a handshake
   */
  TlsSocketStrategy within(TlsSocketStrategy tls, Duration pause) {
    return (plain, host, port, attachment, context) -> {
      begin(plain);
      plain.setSoTimeout(Math.toIntExact(pause.toMillis()));
      return tls.upgrade(plain, host, port, attachment, context);
    };
  }
}

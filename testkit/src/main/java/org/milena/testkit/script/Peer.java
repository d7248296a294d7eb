package org.milena.testkit.script;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The other end of a dialogue. */
public interface Peer extends AutoCloseable {

  /** Sends octets. A server that is gone already is no error: its goodbye may still be read. */
  void send(byte[] octets) throws IOException;

  /** The next line without its CRLF; null when the server has closed. */
  @Nullable String readLine() throws IOException;

  /** Shakes hands as a TLS client that trusts everybody. */
  void startTls() throws IOException;

  @Override
  void close() throws IOException;
}

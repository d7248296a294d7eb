package org.milena.ingress.net;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.milena.common.failure.UnfitException;
import org.milena.ingress.tls.ServerIdentity;

/**
 * TLS 1.2 and up on accepted sockets. Each port has its own, so that a session of one is not
 * resumed on another.
 */
public final class ServerTls {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private record Current(ServerIdentity identity, SSLContext context) {}

  private final Supplier<ServerIdentity> identities;
  private volatile Current current;

  /**
   * Asks for the identity at each handshake, so that a new certificate is used when there is one.
   *
   * @throws UnfitException when the first one is no good
   */
  public ServerTls(Supplier<ServerIdentity> identities) {
    this.identities = identities;
    ServerIdentity first = identities.get();
    this.current = new Current(first, context(first));
  }

  private SSLContext context() {
    ServerIdentity identity = identities.get();
    Current now = current;
    if (now.identity() != identity) {
      now = new Current(identity, context(identity));
      current = now;
    }
    return now.context();
  }

  private static SSLContext context(ServerIdentity identity) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "smtp", identity.key(), new char[0], identity.chain().toArray(X509Certificate[]::new));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new UnfitException(
          "The certificate of the SMTP ports can't be used, so nobody could encrypt: "
              + e.getMessage(),
          e);
    }
  }

  /** A server's end of TLS over this socket, before the handshake. */
  SSLSocket over(Socket socket) throws IOException {
    SSLSocket secured =
        (SSLSocket)
            context()
                .getSocketFactory()
                .createSocket(
                    socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
    secured.setUseClientMode(false);
    secured.setEnabledProtocols(PROTOCOLS);
    return secured;
  }
}

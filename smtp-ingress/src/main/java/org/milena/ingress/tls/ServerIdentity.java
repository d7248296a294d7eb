package org.milena.ingress.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** A key and the certificates for it, our own first. Compared by identity: a new one is another. */
public final class ServerIdentity {
  private final PrivateKey key;
  private final List<X509Certificate> chain;

  /**
   * @throws IllegalArgumentException when there is no certificate
   */
  public ServerIdentity(PrivateKey key, List<X509Certificate> chain) {
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a key without a certificate");
    }
    this.key = key;
    this.chain = List.copyOf(chain);
  }

  /** The private key. */
  public PrivateKey key() {
    return key;
  }

  /** Our certificate, then those that vouch for it. */
  public List<X509Certificate> chain() {
    return chain;
  }

  @Override
  public String toString() {
    return "ServerIdentity[" + chain.getFirst().getSubjectX500Principal() + "]";
  }
}

package org.milena.ingress.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.milena.common.failure.UnfitException;

/** An identity in two files: certificates (ours first) and key, as most tools write them. */
final class PemFiles {

  /**
   * Reads both.
   *
   * @throws UnfitException when one is not there, can't be read, or they do not belong together
   */
  static ServerIdentity read(Path certificates, Path key) {
    try {
      return new ServerIdentity(key(key), chain(certificates));
    } catch (IOException | CertificateException | IllegalArgumentException e) {
      throw new UnfitException(
          "The certificate of the SMTP ports can't be read from "
              + certificates
              + " and "
              + key
              + ": "
              + e.getMessage(),
          e);
    }
  }

  private static List<X509Certificate> chain(Path file) throws IOException, CertificateException {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
          .map(X509Certificate.class::cast)
          .toList();
    }
  }

  private static PrivateKey key(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.US_ASCII);
        PEMParser parser = new PEMParser(reader)) {
      var converter = new JcaPEMKeyConverter();
      for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
        if (found instanceof PEMKeyPair pair) {
          return converter.getPrivateKey(pair.getPrivateKeyInfo());
        }
        if (found instanceof PrivateKeyInfo info) {
          return converter.getPrivateKey(info);
        }
      }
      throw new IOException("no unencrypted private key in " + file);
    }
  }

  /** Writes PEM; the caller has made the file with the rights it needs. */
  static void write(Path file, List<?> objects) throws IOException {
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII);
        JcaPEMWriter pem = new JcaPEMWriter(out)) {
      for (Object object : objects) {
        // PKCS #8, since the older form of a key names its curve nowhere
        pem.writeObject(
            object instanceof PrivateKey key ? new JcaPKCS8Generator(key, null) : object);
      }
    }
  }

  private PemFiles() {}
}

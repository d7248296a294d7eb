package org.milena.listexpander.fake;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A real web server on this machine, with a certificate for some names. */
public final class HttpsHost implements AutoCloseable {
  private static final String STORE_PASSWORD = "changeit";

  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpsServer server;
  private final SSLContext trusting;

  /**
   * Starts it.
   *
   * @param folder for its key
   * @param names for its certificate, as keytool writes them: {@code dns:members.test}
   */
  public HttpsHost(Path folder, String names, HttpHandler handler)
      throws IOException, GeneralSecurityException, InterruptedException {
    KeyStore keys = keys(folder, names);
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, STORE_PASSWORD.toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("host", keys.getCertificate("host"));
    trust.init(trusted);
    SSLContext serving = SSLContext.getInstance("TLS");
    serving.init(own.getKeyManagers(), null, null);
    trusting = SSLContext.getInstance("TLS");
    trusting.init(null, trust.getTrustManagers(), null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(serving));
    server.setExecutor(workers);
    server.createContext("/", handler);
    server.start();
  }

  private static KeyStore keys(Path folder, String names)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path store = folder.resolve("keys.p12");
    String keytool = String.join(File.separator, System.getProperty("java.home"), "bin", "keytool");
    Process making =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-alias",
                "host",
                "-keyalg",
                "EC",
                "-dname",
                "CN=host",
                "-ext",
                "san=" + names,
                "-validity",
                "3",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                STORE_PASSWORD)
            .redirectErrorStream(true)
            .start();
    if (!making.waitFor(60, TimeUnit.SECONDS) || making.exitValue() != 0) {
      throw new AssertionError("keytool makes no key");
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(store)) {
      keys.load(in, STORE_PASSWORD.toCharArray());
    }
    return keys;
  }

  /** Believes this host's certificate and no other. */
  public SSLContext trusting() {
    return trusting;
  }

  /** Where it listens, on the loopback address. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }
}

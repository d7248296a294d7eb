package org.milena.benchmarks.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A Postfix of our own, with the settings of a list server: many processes, no delay between
 * queueing and delivery, no TLS, no DNS. Everything else is its default, the fsync of each queue
 * file before the 250 above all.
 *
 * <p>Two ports: what comes by the one is held in the queue; what comes by the other is sent to a
 * smarthost, with VERP if the client asks for it.
 */
public final class PostfixServer implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Path config;
  private final Path folder;
  private final Started master;
  private final int holdPort = Started.freePort();
  private final int relayPort = Started.freePort();

  private PostfixServer(Path folder, int smarthostPort) {
    this.folder = folder;
    this.config = folder.resolve("etc");
    write(smarthostPort);
    this.master =
        Started.start(
            "postfix",
            List.of("postfix", "-c", config.toString(), "start-fg"),
            Map.of(),
            log(),
            false);
  }

  /**
   * Starts it and waits until it takes mail.
   *
   * @param folder for its configuration and queue, on the disk that is to be measured
   */
  public static PostfixServer start(Path folder, int smarthostPort) {
    requireRoot();
    PostfixServer server = new PostfixServer(folder, smarthostPort);
    server.master.awaitPort(server.holdPort, LIMIT);
    server.master.awaitPort(server.relayPort, LIMIT);
    return server;
  }

  private static void requireRoot() {
    if (!System.getProperty("user.name").equals("root")) {
      throw new BenchmarkException(
          "Postfix gives its processes other users, so it can only be started by root.");
    }
  }

  /** What is sent here is held. */
  public int holdPort() {
    return holdPort;
  }

  /** What is sent here goes to the smarthost. */
  public int relayPort() {
    return relayPort;
  }

  /** Seconds of processor time of all its processes. */
  public double cpuSeconds() {
    return master.cpuSeconds();
  }

  /** Empties the queue. */
  public void purge() {
    List<String> command = List.of("postsuper", "-c", config.toString(), "-d", "ALL");
    try (Started postsuper = Started.start("postsuper", command, Map.of(), log(), false)) {
      Integer exit = postsuper.awaitEnd(LIMIT);
      if (exit == null || exit != 0) {
        throw new BenchmarkException("Postfix's queue cannot be emptied:\n" + postsuper.tail());
      }
    }
  }

  private Path log() {
    return folder.resolve("postfix.log");
  }

  private void write(int smarthostPort) {
    try {
      Files.createDirectories(config);
      Files.writeString(config.resolve("main.cf"), mainCf(smarthostPort));
      Files.writeString(config.resolve("master.cf"), masterCf());
      Path data = Files.createDirectories(folder.resolve("lib"));
      Files.setOwner(
          data,
          data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postfix"));
      Files.createDirectories(folder.resolve("spool"));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Postfix cannot be set up in " + folder + "; is it installed?", e);
    }
  }

  private String mainCf(int smarthostPort) {
    return """
    compatibility_level = 3.6
    queue_directory = %s/spool
    data_directory = %s/lib
    myhostname = postfix.localhost
    mydestination =
    local_recipient_maps =
    alias_maps =
    alias_database =
    inet_interfaces = 127.0.0.1
    inet_protocols = ipv4
    mynetworks = 127.0.0.0/8
    relayhost = [127.0.0.1]:%d
    smtp_dns_support_level = disabled
    smtpd_peername_lookup = no
    smtpd_tls_security_level = none
    smtpd_relay_restrictions = permit_mynetworks, reject
    smtpd_recipient_limit = 20000
    smtpd_authorized_verp_clients = 127.0.0.0/8
    default_process_limit = 200
    in_flow_delay = 0
    initial_destination_concurrency = 20
    smtp_destination_concurrency_limit = 50
    smtp_destination_recipient_limit = 100
    qmgr_message_active_limit = 40000
    """
        .formatted(folder, folder, smarthostPort);
  }

  private String masterCf() {
    return """
    127.0.0.1:%d inet n - n - - smtpd
      -o { smtpd_recipient_restrictions = check_client_access static:HOLD, permit_mynetworks, reject }
    127.0.0.1:%d inet n - n - - smtpd
    pickup    unix  n  -  n  60    1  pickup
    cleanup   unix  n  -  n  -     0  cleanup
    qmgr      unix  n  -  n  300   1  qmgr
    rewrite   unix  -  -  n  -     -  trivial-rewrite
    bounce    unix  -  -  n  -     0  bounce
    defer     unix  -  -  n  -     0  bounce
    trace     unix  -  -  n  -     0  bounce
    verify    unix  -  -  n  -     1  verify
    flush     unix  n  -  n  1000? 0  flush
    proxymap  unix  -  -  n  -     -  proxymap
    smtp      unix  -  -  n  -     -  smtp
    relay     unix  -  -  n  -     -  smtp
    showq     unix  n  -  n  -     -  showq
    error     unix  -  -  n  -     -  error
    retry     unix  -  -  n  -     -  error
    discard   unix  -  -  n  -     -  discard
    anvil     unix  -  -  n  -     1  anvil
    scache    unix  -  -  n  -     1  scache
    """
        .formatted(holdPort, relayPort);
  }

  @Override
  public void close() {
    try (master;
        Started stop =
            Started.start(
                "postfix stop",
                List.of("postfix", "-c", config.toString(), "stop"),
                Map.of(),
                log(),
                false)) {
      Integer unused = stop.awaitEnd(LIMIT); // what it leaves behind is ended by its id
    }
  }
}

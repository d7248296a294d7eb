package org.milena.scanner.rspamd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.milena.scanner.PeerProcess;
import org.milena.scanner.clamav.ClamdAddress;
import org.milena.scanner.clamav.ClamdServer;
import org.milena.scanner.scan.EngineState;

/**
 * A real rspamd of the operating system with one worker, the rules that ask nobody, and a real
 * clamd as its antivirus, in a folder of its own. Tests that need it fail where it is not
 * installed.
 */
public final class RspamdServer extends PeerProcess {
  /** Of a request: what is behind it is mail. */
  private static final int LONGEST_HEAD = 4096;

  /** The limit for a check: long, since the machine of a test may be busy. */
  static final Duration PATIENT = Duration.ofSeconds(60);

  private static final String MISSING =
      "NO RSPAMD: this test asks the real one. Install it: apt-get install rspamd";

  private final RspamdAddress address;

  private RspamdServer(String program, Path folder, int port) {
    super(
        folder,
        Duration.ofSeconds(180),
        program,
        "--no-fork",
        "--insecure", // where the tests run as root, this does, too
        "--config=" + folder.resolve("rspamd.conf"));
    this.address = RspamdAddress.of("http://127.0.0.1:" + port);
  }

  /** Starts one and waits until it answers. */
  public static RspamdServer start(ClamdServer clamd) {
    return start(clamd, PATIENT, true);
  }

  /**
   * Starts one and waits until it answers.
   *
   * @param taskTimeout for one check
   * @param softReject whether it says so when that is over
   */
  static RspamdServer start(ClamdServer clamd, Duration taskTimeout, boolean softReject) {
    String program = program(MISSING, "/usr/bin/rspamd");
    Path folder = folder("rspamd");
    int port = freePort();
    ClamdAddress.Unix socket = (ClamdAddress.Unix) clamd.unix();
    try {
      // the list of all of them takes seconds to be compiled
      Files.writeString(folder.resolve("tld"), "com\norg\nnet\nexample\ninvalid\n");
      Files.writeString(
          folder.resolve("rspamd.conf"),
          """
          lua = "/usr/share/rspamd/rules/rspamd.lua";
          .include "/etc/rspamd/actions.conf"
          .include "/etc/rspamd/metrics.conf"
          .include "/etc/rspamd/groups.conf"
          .include "/etc/rspamd/composites.conf"
          options {
            pidfile = "%1$s/pid";
            filters = "chartable,regexp";
            cache_file = "%1$s/symbols.cache";
            dynamic_conf = "%1$s/dynamic";
            history_file = "%1$s/history";
            control_socket = "%1$s/control mode=0600";
            hs_cache_dir = "%1$s/";
            stats_file = "%1$s/stats.ucl";
            tempdir = "%1$s";
            url_tld = "%1$s/tld";
            disable_hyperscan = true;
            dns { nameserver = ["127.0.0.1:1"]; timeout = 0.1s; retransmits = 1; sockets = 1; }
            task_timeout = %2$dms;
            soft_reject_on_timeout = %3$s;
            explicit_modules = ["settings"];
          }
          logging { type = "file"; filename = "%1$s/rspamd.log"; level = "info"; }
          worker "normal" {
            bind_socket = "127.0.0.1:%4$d";
            count = 1;
            allow_file_and_shm_inputs = false;
          }
          modules { path = "/usr/share/rspamd/plugins"; }
          mime_types { }
          antivirus {
            clamav {
              type = "clamav";
              symbol = "CLAM_VIRUS";
              servers = "%5$s";
              scan_mime_parts = false;
              timeout = 50s;
            }
          }
          """
              .formatted(folder, taskTimeout.toMillis(), softReject, port, socket.path()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return started(new RspamdServer(program, folder, port));
  }

  @Override
  protected EngineState state() {
    try (RspamdEngine engine = new RspamdEngine(address, "", PATIENT)) {
      return engine.probe();
    }
  }

  public RspamdAddress address() {
    return address;
  }

  @Override
  public void startAgain() {
    forget("pid");
    super.startAgain();
  }

  /** Whether it was sent a mail, while it is frozen. */
  boolean hasMailBefore() {
    return holdsMoreThan(LONGEST_HEAD, address.base().getPort());
  }
}

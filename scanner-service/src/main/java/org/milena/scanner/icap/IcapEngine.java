package org.milena.scanner.icap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.scan.Engine;
import org.milena.scanner.scan.EngineState;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;
import org.milena.scanner.scan.ShownText;
import org.milena.scanner.scan.Specimen;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One ICAP service. What it says of itself is asked again when that is too old, and when a reply
 * carries another ISTag (RFC 3507 section 4.7).
 */
public final class IcapEngine implements Engine, AutoCloseable {

  /** Longer than a scanner behind the service should take (30 s). */
  public static final Duration SCAN_LIMIT = Duration.ofSeconds(35);

  private static final Duration PROBE_LIMIT = Duration.ofSeconds(5);
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,30}");

  private static final Logger log = LoggerFactory.getLogger(IcapEngine.class);

  private static final String MAIL =
      "From: probe@mail.invalid\r\nTo: probe@mail.invalid\r\nSubject: probe\r\n\r\n";
  private static final Specimen CLEAN_MAIL = specimen("nothing in here\r\n");

  /** In two parts, so that nobody takes this class for the virus. */
  private static final Specimen TEST_VIRUS =
      specimen("X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*\r\n");

  private final String name;
  private final IcapAddress address;
  private final Duration scanLimit;
  private final InstantSource clock;
  private final Connections connections;
  private volatile @Nullable ServiceOptions known;
  private volatile String version = "";

  /**
   * The service at this address.
   *
   * @param name of the vendor, for reports and metrics; lower case, one word
   */
  public IcapEngine(String name, IcapAddress address, InstantSource clock) {
    this(name, address, SCAN_LIMIT, clock);
  }

  IcapEngine(String name, IcapAddress address, Duration scanLimit, InstantSource clock) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a name of an engine: " + name);
    }
    this.name = name;
    this.address = address;
    this.scanLimit = scanLimit;
    this.clock = clock;
    this.connections = new Connections(address);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Role role() {
    return Role.ANTIVIRUS;
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public EngineVerdict scan(Specimen specimen) throws NotScannedException {
    return scan(specimen, Deadline.in(scanLimit));
  }

  private EngineVerdict scan(Specimen specimen, Deadline deadline) throws NotScannedException {
    try {
      ServiceOptions now = known;
      ServiceOptions options =
          now == null || !clock.instant().isBefore(now.until()) ? askOptions(deadline) : now;
      Reply reply = ask(deadline, dialogue -> dialogue.respmod(specimen, options));
      String tag = ServiceOptions.tag(reply.icap());
      if (!tag.isEmpty() && !tag.equals(options.tag())) {
        known = null;
        version = version(options.service(), tag);
      }
      return ReplyTable.read(reply);
    } catch (IOException e) {
      throw new NotScannedException(address.text() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public EngineState probe() {
    Deadline deadline = Deadline.in(PROBE_LIMIT);
    try {
      askOptions(deadline);
      EngineVerdict clean = scan(CLEAN_MAIL, deadline);
      if (!(clean instanceof EngineVerdict.Clean)) {
        return out("it calls a clean mail " + clean);
      }
      EngineVerdict infected = scan(TEST_VIRUS, deadline);
      return infected instanceof EngineVerdict.Infected
          ? new EngineState.Ready()
          : out("it calls the test virus " + infected);
    } catch (IOException | NotScannedException e) {
      return out(String.valueOf(e.getMessage()));
    }
  }

  private EngineState out(String reason) {
    return new EngineState.Out(address.text() + ": " + reason);
  }

  private ServiceOptions askOptions(Deadline deadline) throws IOException {
    ServiceOptions options = ask(deadline, dialogue -> dialogue.options(clock.instant()));
    connections.allow(options.maxConnections());
    version = version(options.service(), options.tag());
    known = options;
    return options;
  }

  private static String version(String service, String tag) {
    return ShownText.of((service + ' ' + tag).strip());
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask(Dialogue dialogue) throws IOException;
  }

  /**
   * On a connection that was kept, or a new one. A service may close a kept one at any time: when
   * it says nothing at all on it, that is no answer yet.
   */
  private <T> T ask(Deadline deadline, Question<T> question) throws IOException {
    for (boolean fresh = false; ; fresh = true) {
      Wire wire = connections.take(deadline, fresh);
      Dialogue dialogue = new Dialogue(address, wire);
      try {
        return question.ask(dialogue);
      } catch (IOException e) {
        if (!wire.used() || wire.heard()) {
          throw e;
        }
        log.debug("{} had closed a connection", address.text(), e);
      } finally {
        connections.giveBack(wire, dialogue.mayGoOn());
      }
    }
  }

  /** Closes the connections that are kept. */
  @Override
  public void close() {
    connections.close();
  }

  private static Specimen specimen(String text) {
    return Specimen.probe(RawMessage.wrap((MAIL + text).getBytes(StandardCharsets.US_ASCII)));
  }
}

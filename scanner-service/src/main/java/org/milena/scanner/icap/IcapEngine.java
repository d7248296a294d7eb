package org.milena.scanner.icap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.milena.common.failure.OutageException;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.scan.Eicar;
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
 *
 * <p>Its version is the ISTag, with its name before it; a service that says none has no version.
 * Who wants to know the version has it asked again when the tag was not heard for a minute: mail
 * that comes again is not shown to the service, and no reply would bring another tag.
 *
 * <p>What fails before a message is begun is an outage, never the mail's fault: a connection that
 * is not taken, or a service that does not say what it is.
 */
public final class IcapEngine implements Engine, AutoCloseable {

  /** Longer than a scanner behind the service should take (30 s). */
  public static final Duration SCAN_LIMIT = Duration.ofSeconds(35);

  private static final Duration PROBE_LIMIT = Duration.ofSeconds(5);
  private static final Duration VERSION_LIMIT = Duration.ofSeconds(2);
  private static final Duration VERSION_AGE = Duration.ofMinutes(1);

  /** Three times what RFC 3507 section 4.7 allows. */
  private static final int LONGEST_TAG = 96;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,30}");

  private static final Logger log = LoggerFactory.getLogger(IcapEngine.class);

  private static final String MAIL =
      "From: probe@mail.invalid\r\nTo: probe@mail.invalid\r\nSubject: probe\r\n\r\n";
  private static final Specimen CLEAN_MAIL = specimen("nothing in here\r\n");

  private static final Specimen TEST_VIRUS =
      specimen(new String(Eicar.octets(), StandardCharsets.US_ASCII) + "\r\n");

  /**
   * Its version.
   *
   * @param at when it was said last, or asked for in vain
   */
  private record Known(String version, Instant at) {}

  private final String name;
  private final IcapAddress address;
  private final Duration scanLimit;
  private final InstantSource clock;
  private final Connections connections;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile @Nullable ServiceOptions options;
  private volatile Known known = new Known("", Instant.MIN);

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
    askVersionWhenOld();
    return known.version();
  }

  /** One asks for all; the others go on with what is known. */
  private void askVersionWhenOld() {
    if (isVersionOld() && asking.tryLock()) {
      try {
        if (isVersionOld()) {
          askVersion();
        }
      } finally {
        asking.unlock();
      }
    }
  }

  private boolean isVersionOld() {
    return !known.at().plus(VERSION_AGE).isAfter(clock.instant());
  }

  /** Best effort: whether the service is out is for others to find. */
  private void askVersion() {
    try {
      askOptions(Deadline.in(VERSION_LIMIT));
    } catch (OutageException e) {
      log.debug("{} did not say its version", address.text(), e);
      known = new Known(known.version(), clock.instant());
    }
  }

  private void heard(String service, String tag) {
    known = new Known(version(service, tag), clock.instant());
  }

  /** None by a tag that would be cut: another one could look the same. */
  private static String version(String service, String tag) {
    return tag.isEmpty() || tag.length() > LONGEST_TAG
        ? ""
        : (ShownText.of(service) + ' ' + ShownText.of(tag)).strip();
  }

  @Override
  public EngineVerdict scan(Specimen specimen) throws NotScannedException {
    return scan(specimen, Deadline.in(scanLimit));
  }

  private EngineVerdict scan(Specimen specimen, Deadline deadline) throws NotScannedException {
    ServiceOptions last = options;
    ServiceOptions now =
        last == null || !clock.instant().isBefore(last.until()) ? askOptions(deadline) : last;
    try {
      Reply reply = ask(deadline, dialogue -> dialogue.respmod(specimen, now));
      String tag = ServiceOptions.tag(reply.icap());
      if (!tag.isEmpty()) {
        heard(now.service(), tag);
        if (!tag.equals(now.tag())) {
          options = null;
        }
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
    } catch (NotScannedException e) {
      return out(String.valueOf(e.getMessage()));
    } catch (OutageException e) {
      return new EngineState.Out(String.valueOf(e.getMessage()));
    }
  }

  private EngineState out(String reason) {
    return new EngineState.Out(address.text() + ": " + reason);
  }

  private ServiceOptions askOptions(Deadline deadline) {
    ServiceOptions said;
    try {
      said = ask(deadline, dialogue -> dialogue.options(clock.instant()));
    } catch (IOException e) {
      throw outage(e); // it was not asked about a mail
    }
    connections.allow(said.maxConnections());
    heard(said.service(), said.tag());
    options = said;
    return said;
  }

  private OutageException outage(IOException e) {
    return new OutageException(address.text() + ": " + e.getMessage(), e);
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask(Dialogue dialogue) throws IOException;
  }

  /**
   * On a connection that was kept, or a new one. A service may close a kept one at any time: when
   * it says nothing at all on it, that is no answer yet.
   *
   * @throws OutageException when there is no connection to begin with. When there is none after a
   *     kept one was closed, that may be what the question did to the service
   */
  private <T> T ask(Deadline deadline, Question<T> question) throws IOException {
    for (boolean fresh = false; ; fresh = true) {
      Wire wire = fresh ? connections.take(deadline, true) : first(deadline);
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

  private Wire first(Deadline deadline) {
    try {
      return connections.take(deadline, false);
    } catch (IOException e) {
      throw outage(e);
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

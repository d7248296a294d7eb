package org.milena.ingress.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.ClientFacts.TlsFacts;
import org.milena.common.status.SmtpReply;
import org.milena.ingress.acceptance.AcceptanceOutcome;
import org.milena.ingress.acceptance.ArrivingMessage;
import org.milena.ingress.acceptance.Transaction;
import org.milena.ingress.session.Client;
import org.milena.ingress.session.Line;
import org.milena.ingress.session.PortRole;
import org.milena.ingress.session.Replies;
import org.milena.ingress.session.Session;
import org.milena.ingress.session.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection on its own thread.
 *
 * <h2>Who may write</h2>
 *
 * The connection's thread, except while it waits for the client ({@code WAITING}): then whoever
 * moves {@code WAITING} to {@code ENDED} may say goodbye and close, which is how deadlines and a
 * stop reach it, in TLS too. So nothing here has a timer of its own.
 */
final class Connection implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Connection.class);
  private static final long LINGER_OCTETS = 256 * 1024;
  private static final Duration LINGER = Duration.ofSeconds(2);
  private static final Duration GOODBYE = Duration.ofSeconds(5);

  private enum Activity {
    /** The thread works, or writes. */
    BUSY,
    /** The thread waits for octets. */
    WAITING,
    /** Somebody else said goodbye, or the thread is through. */
    ENDED
  }

  private final House house;
  private final PortRole role;
  private final Socket raw;
  private final String network;
  private final AtomicReference<Activity> activity = new AtomicReference<>(Activity.BUSY);
  private final ReplyBuffer replies = new ReplyBuffer();
  private final SmtpInput input = new SmtpInput(this::read);

  private @Nullable InputStream in;
  private volatile @Nullable OutputStream out;
  private boolean admitted = true;

  // read by the reaper
  private volatile long deadline = Long.MAX_VALUE;
  private volatile boolean inMessage;
  private volatile long messageSince;
  private volatile long messageOctets;
  private volatile boolean lingering;

  Connection(House house, PortRole role, Socket raw, String network) {
    this.house = house;
    this.role = role;
    this.raw = raw;
    this.network = network;
  }

  @Override
  public void run() {
    try {
      raw.setTcpNoDelay(true);
      serve();
    } catch (IOException e) {
      log.debug("Connection from {} broke: {}", raw.getInetAddress(), e.toString());
    } catch (RuntimeException e) {
      log.error("A session from {} failed", raw.getInetAddress(), e);
      apologize();
    } finally {
      activity.set(Activity.ENDED);
      leave();
      closeRaw();
      house.left(this);
    }
  }

  private void serve() throws IOException {
    String address = raw.getInetAddress().getHostAddress();
    TlsFacts tls = null;
    if (role == PortRole.SUBMISSIONS) {
      tls = secure();
    } else {
      in = raw.getInputStream();
      out = raw.getOutputStream();
    }
    Session session = house.session(role, new Client(withoutZone(address), tls));
    Step step = earlyTalk() ? session.earlyTalk() : session.greet();
    while (true) {
      if (step.slowly()) {
        house.pause();
      }
      replies.add(step.reply());
      house.observer().replied(role, step.reply());
      Step next =
          switch (step.next()) {
            case COMMAND -> line(session, true);
            case AUTH_RESPONSE -> line(session, false);
            case MESSAGE -> message(session);
            case HANDSHAKE -> {
              flush();
              session.secured(secure());
              yield line(session, true);
            }
            case CLOSE -> {
              goodbye();
              yield null;
            }
          };
      if (next == null) {
        return;
      }
      step = next;
    }
  }

  private static String withoutZone(String address) {
    int zone = address.indexOf('%');
    return zone < 0 ? address : address.substring(0, zone);
  }

  /** Octets before the greeting come from somebody who does not listen to replies. */
  private boolean earlyTalk() throws IOException {
    InputStream stream = in;
    return stream != null && stream.available() > 0;
  }

  /** The answer to the next line; null when there is none to give any more. */
  private @Nullable Step line(Session session, boolean command) throws IOException {
    setDeadline(house.timeouts().command());
    Line line = input.line(session.maxLine(), command);
    setDeadline(null);
    if (line == null) {
      if (activity.get() != Activity.ENDED && house.isStopping()) {
        say(Replies.SHUTTING_DOWN);
      }
      return null;
    }
    return session.on(line, input.hasMore());
  }

  private @Nullable Step message(Session session) throws IOException {
    Transaction transaction = session.transaction();
    try (ArrivingMessage arriving = house.acceptance().arriving()) {
      flush();
      setDeadline(house.timeouts().data());
      messageOctets = 0;
      messageSince = System.nanoTime();
      inMessage = true;
      SmtpInput.MessageEnd end = input.message(arriving::append, house.mostOctets());
      inMessage = false;
      // from here on it is us who let the client wait
      setDeadline(null);
      return switch (end) {
        case COMPLETE -> complete(session, transaction, arriving);
        case BARE_LINE_END -> session.messageUnreadable();
        case ENDLESS -> {
          // the refusal is due after a dot that we do not wait for any longer
          say(session.messageEnded(new AcceptanceOutcome.TooLarge()).reply());
          linger();
          yield null;
        }
        case CUT_OFF -> null;
      };
    }
  }

  private Step complete(Session session, Transaction transaction, ArrivingMessage arriving) {
    long since = System.nanoTime();
    AcceptanceOutcome outcome = house.acceptance().take(transaction, arriving);
    Step step = session.messageEnded(outcome);
    house
        .observer()
        .answered(role, step.reply(), arriving.size(), Duration.ofNanos(System.nanoTime() - since));
    return step;
  }

  /** Agrees on TLS. What was read before it is forgotten: it was not protected. */
  private TlsFacts secure() throws IOException {
    if (input.hasMore()) {
      throw new IOException("plaintext behind STARTTLS");
    }
    setDeadline(house.timeouts().handshake());
    SSLSocket secured = house.tls(role).over(raw);
    secured.startHandshake();
    setDeadline(null);
    in = secured.getInputStream();
    out = secured.getOutputStream();
    SSLSession agreed = secured.getSession();
    return new TlsFacts(agreed.getProtocol(), agreed.getCipherSuite());
  }

  /** Reads for {@link SmtpInput}: before we wait, everything we have to say must be said. */
  private int read(byte[] into, int from, int length) throws IOException {
    InputStream stream = in;
    if (stream == null) {
      return -1;
    }
    flush();
    activity.set(Activity.WAITING);
    // who stops us sets its mark first and then looks for those who wait, so one of us sees the
    // other
    if (house.isStopping()
        && !inMessage
        && activity.compareAndSet(Activity.WAITING, Activity.BUSY)) {
      return -1;
    }
    int octets = stream.read(into, from, length);
    if (!activity.compareAndSet(Activity.WAITING, Activity.BUSY)) {
      return -1;
    }
    if (inMessage && octets > 0) {
      long before = messageOctets;
      messageOctets = before + octets;
    }
    return octets;
  }

  private void flush() throws IOException {
    OutputStream stream = out;
    if (replies.length() == 0 || stream == null) {
      return;
    }
    long before = deadline;
    setDeadline(house.timeouts().write());
    replies.writeTo(stream);
    deadline = before;
  }

  private void say(SmtpReply reply) throws IOException {
    replies.add(reply);
    house.observer().replied(role, reply);
    leave();
    flush();
  }

  /** The last replies, and a close that does not take them back. */
  private void goodbye() throws IOException {
    // a client that reads our last word and connects again must not find itself still counted
    leave();
    flush();
    linger();
  }

  /**
   * Reads away what the client has sent meanwhile: closing with unread octets would reset the
   * connection, and the client might never see our reply.
   */
  private void linger() throws IOException {
    InputStream stream = in;
    if (stream == null || (!input.hasMore() && stream.available() == 0)) {
      return;
    }
    lingering = true;
    raw.shutdownOutput();
    InputStream plain = raw.getInputStream();
    setDeadline(LINGER);
    byte[] sink = new byte[4096];
    long octets = 0;
    while (octets < LINGER_OCTETS) {
      activity.set(Activity.WAITING);
      int read = plain.read(sink);
      if (read < 0 || !activity.compareAndSet(Activity.WAITING, Activity.BUSY)) {
        return;
      }
      octets += read;
    }
  }

  private void apologize() {
    try {
      if (activity.get() == Activity.BUSY) {
        say(Replies.OUR_FAULT);
      }
    } catch (IOException e) {
      log.debug("No apology to {}: {}", raw.getInetAddress(), e.toString());
    }
  }

  private void setDeadline(@Nullable Duration from) {
    deadline = from == null ? Long.MAX_VALUE : System.nanoTime() + from.toNanos();
  }

  /** The reaper looks in. */
  void check(long now) {
    boolean late = deadline != Long.MAX_VALUE && now - deadline >= 0;
    switch (activity.get()) {
      case WAITING -> {
        boolean slow =
            inMessage
                && house.timeouts().tooSlow(messageOctets, Duration.ofNanos(now - messageSince));
        if (late || slow) {
          endFromOutside(Replies.TIMEOUT);
        }
      }
      // writing, shaking hands, or our goodbye is not taken
      case BUSY, ENDED -> {
        if (late) {
          closeRaw();
        }
      }
    }
  }

  /** The house stops: says so if the client is not in the middle of a message. */
  void stop() {
    if (!inMessage) {
      endFromOutside(Replies.SHUTTING_DOWN);
    }
  }

  private void endFromOutside(SmtpReply reply) {
    if (!activity.compareAndSet(Activity.WAITING, Activity.ENDED)) {
      return;
    }
    if (lingering) {
      closeRaw();
      return;
    }
    setDeadline(GOODBYE);
    Thread.startVirtualThread(() -> {
      try {
        OutputStream stream = out;
        if (stream != null) {
          var last = new ReplyBuffer();
          last.add(reply);
          house.observer().replied(role, reply);
          last.writeTo(stream);
        }
      } catch (IOException e) {
        log.debug("No goodbye to {}: {}", raw.getInetAddress(), e.toString());
      } finally {
        closeRaw();
      }
    });
  }

  /** Gives the place of this connection free; once. */
  private void leave() {
    if (admitted) {
      admitted = false;
      house.leave(network);
    }
  }

  /** Closes without another word. */
  void closeRaw() {
    try {
      raw.close();
    } catch (IOException e) {
      log.debug("Closing {} failed: {}", raw.getInetAddress(), e.toString());
    }
  }
}

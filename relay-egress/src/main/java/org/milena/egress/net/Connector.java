package org.milena.egress.net;

import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.milena.egress.outcome.Happening;
import org.milena.egress.outcome.Happening.Broken;
import org.milena.egress.outcome.Happening.Cause;
import org.milena.egress.outcome.Phase;
import org.milena.egress.route.Host;
import org.milena.egress.session.SmtpSession;
import org.milena.egress.session.WireException;

/** Opens sessions: to the first host that lets us in. */
final class Connector {
  /** Addresses tried for one message, as Postfix does. */
  private static final int MAX_TRIED = 5;

  private final NetSettings settings;
  private final Watch watch;
  private final SSLSocketFactory encryption = AnyCertificate.sockets();

  /** What came of it: one of the two. */
  record Opened(@Nullable Line line, @Nullable Happening trouble) {}

  Connector(NetSettings settings, Watch watch) {
    this.settings = settings;
    this.watch = watch;
  }

  /** Tries the hosts in their order; what the last one said when none will do. */
  Opened open(List<Host> hosts) {
    Opened last = new Opened(null, null);
    for (Host host : hosts.subList(0, Math.min(hosts.size(), MAX_TRIED))) {
      last = open(host, settings.encryptWherePossible());
      if (last.trouble() instanceof Broken(_, _, Cause cause, _) && cause == Cause.TLS) {
        last = open(host, false);
      }
      if (last.line() != null) {
        return last;
      }
    }
    return last;
  }

  private Opened open(Host host, boolean encrypt) {
    SocketWire wire;
    try {
      wire = SocketWire.connect(host, settings.timeouts().connect(), encryption, watch);
    } catch (WireException e) {
      return new Opened(null, new Broken(host.shown(), Phase.CONNECT, e.why(), e.detail()));
    }
    SmtpSession session =
        new SmtpSession(wire, host.shown(), settings.ourName(), encrypt, settings.timeouts());
    Optional<Happening> trouble = session.open();
    if (trouble.isPresent()) {
      session.close();
      return new Opened(null, trouble.get());
    }
    wire.rest();
    return new Opened(new Line(wire, session, 0), null);
  }
}

package org.milena.egress.outcome;

import org.milena.common.status.EnhancedStatus;
import org.milena.common.status.SmtpReply;
import org.milena.egress.outcome.AttemptOutcome.Again;
import org.milena.egress.outcome.AttemptOutcome.Failed;
import org.milena.egress.outcome.AttemptOutcome.Relayed;
import org.milena.egress.outcome.AttemptOutcome.Scope;
import org.milena.egress.outcome.AttemptOutcome.SetAside;

/** The one function from what happened to what follows. */
public final class Judge {

  private static final int SERVICE_CLOSING = 421;

  private Judge() {}

  /** What follows. */
  public static AttemptOutcome judge(Happening happening) {
    return switch (happening) {
      case Happening.Answered(String host, Phase phase, SmtpReply reply) ->
          answered(host, phase, reply);
      case Happening.Broken(String host, Phase phase, var cause, String detail) ->
          new Again(broken(phase, cause), host + ": " + detail, Scope.SITE, true);
      case Happening.Unroutable(var reason, String detail) -> unroutable(reason, detail);
      case Happening.Unsuitable(String host, var reason, String detail) ->
          switch (reason) {
            case TOO_LARGE -> failed("5.3.4", host + ": " + detail, Scope.MESSAGE);
            case NEEDS_SMTPUTF8 -> failed("5.6.7", host + ": " + detail, Scope.MESSAGE);
          };
      case Happening.Suspended(EnhancedStatus status, String reason) ->
          new Again(status, "not tried again yet: " + reason, Scope.SITE, true);
      case Happening.Crowded(String detail) ->
          new Again(EnhancedStatus.of("4.4.5"), "not tried yet: " + detail, Scope.RECIPIENT, false);
      case Happening.ContentGone(String detail) -> new SetAside(detail);
      case Happening.Suppressed(String why) ->
          failed("5.7.1", "suppressed: " + why, Scope.RECIPIENT);
      case Happening.Ended(String by) -> failed("5.7.0", "ended by " + by, Scope.RECIPIENT);
      case Happening.Captured(String as) -> new Relayed("outbox", "kept as " + as);
    };
  }

  /** RFC 5321 section 4.2.1: the first digit decides. */
  private static AttemptOutcome answered(String host, Phase phase, SmtpReply reply) {
    Scope scope = scope(phase, reply);
    String said = host + " said: " + reply;
    if (reply.positive()) {
      return phase == Phase.CONTENT && reply.code() / 100 == 2
          ? new Relayed(host, reply.toString())
          : again("4.5.0", host + " answered " + phase.words() + " out of turn: " + reply, scope);
    }
    if (reply.transientFailure()) {
      return new Again(status(reply, phase), said, scope, true);
    }
    return switch (phase) {
      // a greeting of 5yz speaks of this host on this day (RFC 5321 section 3.1); one that lasts
      // four
      // days fails then
      case CONNECT, GREETING -> again("4.3.2", said, scope);
      // without encryption we go on
      case STARTTLS -> again("4.7.0", said, scope);
      case HELO, MAIL, DATA, CONTENT -> new Failed(status(reply, phase), said, scope);
      case RCPT ->
          // too many recipients, from before there was a 452 (RFC 5321 section 4.5.3.1.10)
          reply.code() == 552
              ? again("4.5.3", said, scope)
              : new Failed(status(reply, phase), said, scope);
    };
  }

  private static Scope scope(Phase phase, SmtpReply reply) {
    if (reply.code() == SERVICE_CLOSING || phase.concernsTheHost()) {
      return Scope.SITE;
    }
    return phase == Phase.RCPT ? Scope.RECIPIENT : Scope.MESSAGE;
  }

  /** What the host says, or what its code means without it (RFC 3463 section 3). */
  private static EnhancedStatus status(SmtpReply reply, Phase phase) {
    EnhancedStatus said = reply.status();
    if (said != null) {
      return said;
    }
    if (phase.concernsTheHost()) {
      return EnhancedStatus.of(reply.code() / 100 + ".3.2");
    }
    String tail =
        switch (reply.code()) {
          case 421 -> ".3.2";
          case 450, 550, 551, 553 -> phase == Phase.RCPT ? ".1.1" : ".7.1";
          case 451 -> ".3.0";
          case 452, 552 -> phase == Phase.RCPT && reply.code() == 452 ? ".5.3" : ".3.1";
          case 455, 555, 504 -> ".5.4";
          case 500, 501, 502, 503 -> ".5.1";
          case 535, 530 -> ".7.0";
          case 556 -> ".1.10";
          default -> ".0.0";
        };
    return EnhancedStatus.of(reply.code() / 100 + tail);
  }

  private static EnhancedStatus broken(Phase phase, Happening.Cause cause) {
    return EnhancedStatus.of(
        switch (cause) {
          case REFUSED -> "4.4.1";
          case TIMEOUT -> phase == Phase.CONNECT ? "4.4.1" : "4.4.2";
          case LOST -> "4.4.2";
          case PROTOCOL -> "4.5.0";
          case TLS -> "4.7.5";
        });
  }

  private static AttemptOutcome unroutable(Happening.NoRoute reason, String detail) {
    return switch (reason) {
      case NO_SUCH_DOMAIN -> failed("5.1.2", detail, Scope.SITE);
      case NULL_MX -> failed("5.1.10", detail, Scope.SITE);
      case NO_HOST -> failed("5.4.4", detail, Scope.SITE);
      case LOOP -> failed("5.4.6", detail, Scope.SITE);
      case FORBIDDEN_ADDRESS -> failed("5.4.4", detail, Scope.SITE);
      case DNS_TROUBLE -> again("4.4.3", detail, Scope.SITE);
    };
  }

  private static Again again(String status, String reason, Scope scope) {
    return new Again(EnhancedStatus.of(status), reason, scope, true);
  }

  private static Failed failed(String status, String reason, Scope scope) {
    return new Failed(EnhancedStatus.of(status), reason, scope);
  }
}

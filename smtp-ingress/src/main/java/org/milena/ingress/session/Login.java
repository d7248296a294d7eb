package org.milena.ingress.session;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.milena.common.status.SmtpReply;

/**
 * One AUTH exchange: PLAIN (RFC 4616) or LOGIN (which no RFC has, but most mail programs).
 *
 * <p>States: PLAIN asks for its one response; LOGIN asks for the name, then for the password.
 */
final class Login {

  /** What follows a response. */
  sealed interface Turn {
    /** One more question. */
    record Ask(SmtpReply question) implements Turn {}

    /** Enough to check. Does not show the password. */
    record Check(String name, String password) implements Turn {
      @Override
      public String toString() {
        return "Check";
      }
    }

    /** The exchange is over without a check. */
    record Failed(SmtpReply reply) implements Turn {}
  }

  private enum State {
    PLAIN,
    LOGIN_NAME,
    LOGIN_PASSWORD
  }

  private State state;
  private String name = "";

  private Login(State state) {
    this.state = state;
  }

  /** The exchange of this mechanism; null when we have it not. */
  static @Nullable Login of(String mechanism) {
    return switch (mechanism) {
      case "PLAIN" -> new Login(State.PLAIN);
      case "LOGIN" -> new Login(State.LOGIN_NAME);
      default -> null;
    };
  }

  /** The first turn, with the initial response if there was one. */
  Turn begin(@Nullable String initial) {
    if (initial != null) {
      // "=" is an empty response (RFC 4954 section 4)
      return answer(initial.equals("=") ? "" : initial);
    }
    return new Turn.Ask(state == State.PLAIN ? Replies.ASK_INITIAL : Replies.ASK_USERNAME);
  }

  /** The next turn. */
  Turn answer(String response) {
    if (response.equals("*")) {
      return new Turn.Failed(Replies.LOGIN_CANCELLED);
    }
    String text;
    try {
      text = new String(Base64.getDecoder().decode(response), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return new Turn.Failed(Replies.NOT_BASE64);
    }
    return switch (state) {
      case PLAIN -> plain(text);
      case LOGIN_NAME -> {
        name = text;
        state = State.LOGIN_PASSWORD;
        yield new Turn.Ask(Replies.ASK_PASSWORD);
      }
      case LOGIN_PASSWORD -> new Turn.Check(name, text);
    };
  }

  /** {@code authzid NUL authcid NUL password}; acting for somebody else is not offered. */
  private static Turn plain(String text) {
    String[] parts = text.split("\0", -1);
    if (parts.length != 3 || (!parts[0].isEmpty() && !parts[0].equals(parts[1]))) {
      return new Turn.Failed(Replies.LOGIN_FAILED);
    }
    return new Turn.Check(parts[1], parts[2]);
  }
}

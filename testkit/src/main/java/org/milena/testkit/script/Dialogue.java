package org.milena.testkit.script;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.milena.testkit.script.Script.Step;

/** Plays scripts, and says where a server left them. */
public final class Dialogue {
  private final Script script;
  private final Peer peer;
  private boolean greeted;
  private boolean helloSent;

  private Dialogue(Script script, Peer peer) {
    this.script = script;
    this.peer = peer;
  }

  /**
   * Plays a script to its end.
   *
   * @throws AssertionError where the server says something else
   */
  public static void play(Script script, Peer peer) throws IOException {
    var dialogue = new Dialogue(script, peer);
    for (Step step : script.steps()) {
      dialogue.play(step);
    }
  }

  private void play(Step step) throws IOException {
    switch (step) {
      case Step.Send send -> {
        for (int i = 0; i < send.times(); i++) {
          peer.send(send.octets().getBytes(StandardCharsets.ISO_8859_1));
        }
        String verb = send.octets().toUpperCase(Locale.ROOT);
        helloSent = verb.startsWith("EHLO") || verb.startsWith("HELO");
      }
      case Step.Expect expect -> {
        for (int i = 0; i < expect.times(); i++) {
          expect(expect);
        }
      }
      case Step.Tls _ -> {
        peer.startTls();
        helloSent = false;
      }
      case Step.Closed closed -> {
        Reply reply = Reply.read(peer, true);
        if (reply != null) {
          throw failure(closed, "expected the end, but got: " + reply);
        }
      }
    }
  }

  private void expect(Step.Expect expect) throws IOException {
    Reply reply;
    try {
      reply = Reply.read(peer, !greeted || helloSent);
    } catch (AssertionError e) {
      throw failure(expect, e.getMessage());
    }
    greeted = true;
    if (reply == null) {
      throw failure(expect, "expected " + expect.last() + ", but the server closed");
    }
    if (!matches(expect.last(), reply.last())) {
      throw failure(expect, "expected " + expect.last() + ", but got: " + reply);
    }
    for (String with : expect.with()) {
      if (reply.texts().stream().noneMatch(text -> text.startsWith(with))) {
        throw failure(expect, "no line begins with " + with + ": " + reply);
      }
    }
    for (String without : expect.without()) {
      if (reply.texts().stream().anyMatch(text -> text.startsWith(without))) {
        throw failure(expect, "a line begins with " + without + ": " + reply);
      }
    }
  }

  private static boolean matches(String pattern, String line) {
    String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
    return Pattern.matches(regex, line);
  }

  private AssertionError failure(Step step, @Nullable String what) {
    return new AssertionError(script.name() + ":" + step.line() + ": " + what);
  }
}

package org.milena.testkit.sink;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One connection of the sink. */
final class SinkSession {
  private final Socket socket;
  private final SinkOptions options;
  private final SinkCounters counters;
  private final CountDownLatch stopped;
  private final long number;
  private final SinkInput in;
  private OutputStream out;
  private boolean secured;
  private int messages;
  private @Nullable String reversePath;
  private final List<String> recipients = new ArrayList<>();

  /** The connection is to be closed. */
  private static final class Closed extends IOException {
    private static final long serialVersionUID = 1;
  }

  SinkSession(
      Socket socket,
      SinkOptions options,
      SinkCounters counters,
      CountDownLatch stopped,
      long number)
      throws IOException {
    this.socket = socket;
    this.options = options;
    this.counters = counters;
    this.stopped = stopped;
    this.number = number;
    this.in = new SinkInput(socket.getInputStream(), counters.bareLineEnds);
    this.out = new BufferedOutputStream(socket.getOutputStream(), 1 << 14);
  }

  void run() throws IOException {
    try {
      answer(SinkPhase.CONNECT, "", "220 sink.test ESMTP");
      while (true) {
        if (!in.hasBuffered()) {
          out.flush();
        }
        String line = in.line();
        if (line == null) {
          return;
        }
        command(line);
      }
    } catch (Closed _) {
      // asked for
    }
  }

  private void command(String line) throws IOException {
    int space = line.indexOf(' ');
    String verb = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
    String argument = space < 0 ? "" : line.substring(space + 1);
    switch (verb) {
      case "EHLO" -> ehlo(argument);
      case "HELO" -> answer(SinkPhase.HELO, argument, "250 sink.test");
      case "STARTTLS" -> startTls();
      case "MAIL" -> mail(path(argument));
      case "RCPT" -> rcpt(path(argument));
      case "DATA" -> data();
      case "RSET" -> {
        clear();
        answer(SinkPhase.RSET, "", "250 2.0.0 Ok");
      }
      case "NOOP" -> answer(SinkPhase.NOOP, argument, "250 2.0.0 Ok");
      case "QUIT" -> {
        answer(SinkPhase.QUIT, "", "221 2.0.0 Bye");
        out.flush();
        throw new Closed();
      }
      default -> refuse("500 5.5.2 Not understood");
    }
  }

  /** What stands behind {@code FROM:} or {@code TO:}. */
  private static String path(String argument) {
    int colon = argument.indexOf(':');
    return colon < 0 ? argument : argument.substring(colon + 1);
  }

  private void ehlo(String name) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("sink.test");
    lines.addAll(options.extensions());
    if (options.tls() != null && !secured) {
      lines.add("STARTTLS");
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      text.append(i == 0 ? "" : "\r\n").append(i + 1 < lines.size() ? "250-" : "250 ");
      text.append(lines.get(i));
    }
    answer(SinkPhase.EHLO, name, text.toString());
  }

  private void startTls() throws IOException {
    SSLContext tls = options.tls();
    if (tls == null || secured) {
      refuse("502 5.5.1 No TLS");
      return;
    }
    if (!answer(SinkPhase.STARTTLS, "", "220 2.0.0 Go on")) {
      return;
    }
    out.flush();
    SSLSocket over =
        (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), false);
    over.setUseClientMode(false);
    over.startHandshake();
    in.switchTo(over.getInputStream());
    out = new BufferedOutputStream(over.getOutputStream(), 1 << 14);
    secured = true;
    clear();
  }

  private void mail(String path) throws IOException {
    if (reversePath != null) {
      refuse("503 5.5.1 One transaction at a time");
    } else if (answer(SinkPhase.MAIL, path, "250 2.1.0 Ok")) {
      reversePath = path;
      counters.transactions.increment();
    }
  }

  private void rcpt(String path) throws IOException {
    if (reversePath == null) {
      refuse("503 5.5.1 MAIL first");
    } else if (answer(SinkPhase.RCPT, path, "250 2.1.5 Ok")) {
      int end = path.indexOf('>');
      recipients.add(path.substring(path.startsWith("<") ? 1 : 0, end < 0 ? path.length() : end));
    }
  }

  private void data() throws IOException {
    if (recipients.isEmpty()) {
      refuse("503 5.5.1 RCPT first");
      return;
    }
    if (!answer(SinkPhase.DATA, "", "354 Go on")) {
      return;
    }
    out.flush();
    SinkInput.Content content = in.content(counters.wantsContent());
    if (content == null) {
      throw new Closed();
    }
    SinkAction action = options.policy().at(SinkPhase.DOT, content.messageId, number, messages);
    messages++;
    if (takes(action)) {
      counters.take(
          String.valueOf(reversePath),
          List.copyOf(recipients),
          content.messageId,
          content.size,
          content.octets,
          secured);
    }
    clear();
    act(action, "250 2.0.0 Ok: taken");
  }

  /** Whether the message is the sink's after this, whatever the client learns of it. */
  private static boolean takes(SinkAction action) {
    return switch (action) {
      case SinkAction.Accept _, SinkAction.Drop _, SinkAction.Silence _ -> true;
      case SinkAction.Reply(String text) -> text.startsWith("2");
      case SinkAction.ReplyAndClose(String text) -> text.startsWith("2");
      case SinkAction.Raw(String octets) -> octets.startsWith("2");
      case SinkAction.Delay(_, SinkAction then) -> takes(then);
    };
  }

  private void clear() {
    reversePath = null;
    recipients.clear();
  }

  /** Whether the command took effect. */
  private boolean answer(SinkPhase phase, String argument, String good) throws IOException {
    return act(options.policy().at(phase, argument, number, messages), good);
  }

  private boolean act(SinkAction action, String good) throws IOException {
    return switch (action) {
      case SinkAction.Accept _ -> say(good);
      case SinkAction.Reply(String text) -> say(text);
      case SinkAction.Raw(String octets) -> {
        out.write(octets.getBytes(StandardCharsets.ISO_8859_1));
        yield octets.startsWith("2") || octets.startsWith("3");
      }
      case SinkAction.ReplyAndClose(String text) -> {
        say(text);
        out.flush();
        throw new Closed();
      }
      case SinkAction.Drop _ -> {
        counters.cutAfterDot.add(good.endsWith("taken") ? 1 : 0);
        throw new Closed();
      }
      case SinkAction.Delay(var time, SinkAction then) -> {
        out.flush();
        pause(time.toNanos());
        yield act(then, good);
      }
      case SinkAction.Silence _ -> {
        out.flush();
        while (in.line() != null) {
          // says nothing
        }
        throw new Closed();
      }
    };
  }

  private void pause(long nanos) throws IOException {
    try {
      if (stopped.await(nanos, TimeUnit.NANOSECONDS)) {
        throw new Closed();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Closed();
    }
  }

  private void refuse(String text) throws IOException {
    say(text);
  }

  private boolean say(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.write('\r');
    out.write('\n');
    boolean positive = text.startsWith("2") || text.startsWith("3");
    if (!positive) {
      counters.refusals.increment();
    }
    return positive;
  }
}

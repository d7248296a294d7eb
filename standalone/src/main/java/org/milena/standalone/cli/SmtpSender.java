package org.milena.standalone.cli;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A small SMTP client (RFC 5321): one message to one recipient over a new connection. */
final class SmtpSender {

  private static final int PATIENCE_MILLIS = 60_000;
  private static final Pattern QUEUED = Pattern.compile("queued as ([0-9a-f-]{36})");

  private final InetSocketAddress server;

  SmtpSender(InetAddress host, int port) {
    this.server = new InetSocketAddress(host, port);
  }

  /**
   * The server's last word.
   *
   * @param reply its first line
   * @param mailId what the server calls the mail it took
   */
  record Receipt(boolean taken, String reply, Optional<String> mailId) {}

  /**
   * Sends a message.
   *
   * @param message with CRLF line ends; 8-bit text is UTF-8
   * @throws CliFailure when the server can't be spoken to
   */
  Receipt send(String reversePath, String forwardPath, String message) {
    try (Socket socket = new Socket()) {
      socket.connect(server, PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      return new Dialogue(
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)),
              new BufferedWriter(
                  new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8)))
          .run(reversePath, forwardPath, message);
    } catch (IOException e) {
      throw new CliFailure(
          "Mail cannot be sent by SMTP to port %d: %s.".formatted(server.getPort(), e), e);
    }
  }

  /** One connection. */
  private record Dialogue(BufferedReader in, BufferedWriter out) {

    Receipt run(String reversePath, String forwardPath, String message) throws IOException {
      String reply = reply();
      String[] commands = {
        "EHLO demo.localhost",
        "MAIL FROM:<" + reversePath + "> BODY=8BITMIME",
        "RCPT TO:<" + forwardPath + ">",
        "DATA"
      };
      for (String command : commands) {
        if (!isGood(reply)) {
          return new Receipt(false, reply, Optional.empty());
        }
        say(command);
        reply = reply();
      }
      if (!isGood(reply)) {
        return new Receipt(false, reply, Optional.empty());
      }
      // A line that begins with a dot gets another one (section 4.5.2).
      say(message.replace("\r\n.", "\r\n..") + ".");
      reply = reply();
      say("QUIT");
      Matcher queued = QUEUED.matcher(reply);
      return new Receipt(
          isGood(reply), reply, queued.find() ? Optional.of(queued.group(1)) : Optional.empty());
    }

    private static boolean isGood(String reply) {
      return reply.startsWith("2") || reply.startsWith("3");
    }

    private void say(String line) throws IOException {
      out.write(line);
      out.write("\r\n");
      out.flush();
    }

    /** The first line of a reply of one or more lines. */
    private String reply() throws IOException {
      String first = line();
      String last = first;
      while (last.length() > 3 && last.charAt(3) == '-') {
        last = line();
      }
      return first;
    }

    private String line() throws IOException {
      String line = in.readLine();
      if (line == null) {
        throw new EOFException("the server closed the connection");
      }
      return line;
    }
  }
}

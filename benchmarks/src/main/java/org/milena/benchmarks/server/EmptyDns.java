package org.milena.benchmarks.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.Arrays;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/**
 * A name server on loopback that knows no name, and says so in a form that may be kept (RFC 2308
 * section 3): what the machine's own would say, or not, is no part of a measurement.
 */
public final class EmptyDns implements AutoCloseable {
  private static final long TTL = 3_600;
  private static final int LARGEST = 4_096;

  private final DatagramSocket socket;

  private EmptyDns(DatagramSocket socket) {
    this.socket = socket;
  }

  /** Starts it. */
  public static EmptyDns start() {
    try {
      EmptyDns server = new EmptyDns(new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1")));
      Thread.ofVirtual().name("empty-dns").start(server::serve);
      return server;
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens, {@code address:port}. */
  public String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  private void serve() {
    byte[] buffer = new byte[LARGEST];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        byte[] answer = answer(Arrays.copyOf(packet.getData(), packet.getLength())).toWire();
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private static Message answer(byte[] question) throws IOException {
    Message query = new Message(question);
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.RA);
    answer.getHeader().setRcode(Rcode.NXDOMAIN);
    answer.addRecord(query.getQuestion(), Section.QUESTION);
    answer.addRecord(
        new SOARecord(Name.root, DClass.IN, TTL, Name.root, Name.root, 1, TTL, TTL, TTL, TTL),
        Section.AUTHORITY);
    return answer;
  }

  @Override
  public void close() {
    socket.close();
  }
}

package org.milena.testkit.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A name server on a free port of loopback, UDP and TCP, that answers from a {@link TestZone}. */
public final class TestNameServer implements AutoCloseable {
  private static final int LARGEST = 65_535;
  private static final int WITHOUT_EDNS = 512;
  private static final int MAX_ALIASES = 16;

  private final TestZone zone;
  private final DatagramSocket udp;
  private final ServerSocket tcp;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Map<Question, Integer> asked = new ConcurrentHashMap<>();
  private final AtomicInteger overTcp = new AtomicInteger();
  private final CountDownLatch stopped = new CountDownLatch(1);

  private record Question(Name name, int type) {}

  private TestNameServer(TestZone zone, DatagramSocket udp, ServerSocket tcp) {
    this.zone = zone;
    this.udp = udp;
    this.tcp = tcp;
    Thread.ofVirtual().name("test-dns-udp").start(this::serveDatagrams);
    Thread.ofVirtual().name("test-dns-tcp").start(this::accept);
  }

  /**
   * Starts one.
   *
   * @throws UncheckedIOException when there is no free port
   */
  public static TestNameServer start(TestZone zone) {
    return start(zone, 0);
  }

  /**
   * Starts one on a port: where another was stopped, for example.
   *
   * @param port 0 for any
   * @throws UncheckedIOException when it is taken
   */
  public static TestNameServer start(TestZone zone, int port) {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    IOException last = new BindException("no port is free for UDP and TCP at once");
    for (int tries = 0; tries < 20; tries++) {
      DatagramSocket udp;
      try {
        udp = new DatagramSocket(port, loopback);
      } catch (IOException e) {
        last = e;
        continue;
      }
      try {
        return new TestNameServer(zone, udp, new ServerSocket(udp.getLocalPort(), 50, loopback));
      } catch (IOException e) {
        udp.close();
        last = e;
      }
    }
    throw new UncheckedIOException("no name server on port " + port, last);
  }

  /** Where it listens, as settings name it: {@code 127.0.0.1:port}. */
  public String address() {
    return "127.0.0.1:" + port();
  }

  /** Where it listens. */
  public int port() {
    return udp.getLocalPort();
  }

  /** What it answers from. */
  public TestZone zone() {
    return zone;
  }

  /**
   * How often it was asked, every try counted.
   *
   * @param type {@code TXT}
   */
  public int queries(String name, String type) {
    return asked.getOrDefault(new Question(TestZone.name(name), Type.value(type)), 0);
  }

  /** How often it was asked anything. */
  public int queries() {
    return asked.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How many of the questions came over TCP. */
  public int queriesOverTcp() {
    return overTcp.get();
  }

  @Override
  public void close() {
    stopped.countDown();
    udp.close();
    try {
      tcp.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("stopping the name server", e);
    }
  }

  private void serveDatagrams() {
    byte[] buffer = new byte[LARGEST];
    while (!udp.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        udp.receive(packet);
        byte[] query = Arrays.copyOf(buffer, packet.getLength());
        var peer = packet.getSocketAddress();
        Thread.ofVirtual().start(() -> reply(query, peer));
      } catch (IOException e) {
        if (!udp.isClosed()) {
          throw new UncheckedIOException("the test name server broke", e);
        }
      }
    }
  }

  private void reply(byte[] query, java.net.SocketAddress peer) {
    try {
      Optional<byte[]> answer = answer(query, false);
      if (answer.isPresent()) {
        udp.send(new DatagramPacket(answer.get(), answer.get().length, peer));
      }
    } catch (IOException e) {
      if (!udp.isClosed()) {
        throw new UncheckedIOException("the test name server could not answer", e);
      }
    }
  }

  private void accept() {
    while (!tcp.isClosed()) {
      try {
        Socket socket = tcp.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        if (!tcp.isClosed()) {
          throw new UncheckedIOException("the test name server broke", e);
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new DataInputStream(socket.getInputStream());
      var out = new DataOutputStream(socket.getOutputStream());
      while (true) {
        byte[] query = in.readNBytes(in.readUnsignedShort());
        overTcp.incrementAndGet();
        Optional<byte[]> answer = answer(query, true);
        if (answer.isPresent()) {
          byte[] framed = new byte[answer.get().length + 2];
          framed[0] = (byte) (answer.get().length >> 8);
          framed[1] = (byte) answer.get().length;
          System.arraycopy(answer.get(), 0, framed, 2, answer.get().length);
          out.write(framed);
          out.flush();
        }
      }
    } catch (EOFException _) {
      open.remove(socket); // the client has no more questions
    } catch (IOException e) {
      open.remove(socket);
      if (!tcp.isClosed() && !socket.isClosed()) {
        throw new UncheckedIOException("the test name server could not answer", e);
      }
    }
  }

  private Optional<byte[]> answer(byte[] wire, boolean whole) throws IOException {
    Message query = new Message(wire);
    Record question = query.getQuestion();
    asked.merge(new Question(question.getName(), question.getType()), 1, Integer::sum);
    if (zone.isSilent()) {
      return Optional.empty();
    }
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.AA);
    answer.getHeader().setFlag(Flags.RA);
    if (query.getHeader().getFlag(Flags.RD)) {
      answer.getHeader().setFlag(Flags.RD);
    }
    answer.addRecord(question, Section.QUESTION);
    OPTRecord edns = query.getOPT();
    int room = whole ? LARGEST : edns == null ? WITHOUT_EDNS : edns.getPayloadSize();
    if (edns != null) {
      answer.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
    }
    switch (zone.behaviour(question.getName(), question.getType())) {
      case TestZone.Behaviour.Silence() -> {
        return Optional.empty();
      }
      case TestZone.Behaviour.Error(int rcode) -> answer.getHeader().setRcode(rcode);
      case TestZone.Behaviour.Truncation() when !whole -> answer.getHeader().setFlag(Flags.TC);
      case TestZone.Behaviour.Truncation() -> fill(answer, question);
      case TestZone.Behaviour.Delay(var by) -> {
        if (isStoppedWithin(by.toMillis())) {
          return Optional.empty();
        }
        fill(answer, question);
      }
      case null -> fill(answer, question);
    }
    return Optional.of(answer.toWire(room));
  }

  private boolean isStoppedWithin(long millis) {
    try {
      return stopped.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Follows aliases within the zone, as a server that recurses does. */
  private void fill(Message answer, Record question) {
    Name at = question.getName();
    for (int aliases = 0; aliases < MAX_ALIASES; aliases++) {
      var found = zone.at(at, question.getType());
      if (!found.isEmpty()) {
        found.forEach(record -> answer.addRecord(record, Section.ANSWER));
        return;
      }
      var alias = zone.at(at, Type.CNAME);
      if (alias.isEmpty()) {
        if (!zone.holds(at)) {
          answer.getHeader().setRcode(Rcode.NXDOMAIN);
        }
        answer.addRecord(soa(at), Section.AUTHORITY);
        return;
      }
      if (answer.findRecord(alias.getFirst(), Section.ANSWER)) {
        return; // in a circle
      }
      answer.addRecord(alias.getFirst(), Section.ANSWER);
      at = ((CNAMERecord) alias.getFirst()).getTarget();
    }
  }

  private SOARecord soa(Name of) {
    Name apex = of.labels() < 2 ? Name.root : new Name(of, of.labels() - 2);
    int ttl = zone.negativeTtl();
    return new SOARecord(apex, DClass.IN, ttl, apex, apex, 1, 3600, 600, 86_400, ttl);
  }
}

package org.milena.egress.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** The resolver against a name server on loopback. */
class DnsZoneIT {
  private DatagramSocket server;
  private DnsZone zone;

  @BeforeEach
  void start() throws IOException {
    server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
    zone = new DnsZone(List.of("127.0.0.1:" + server.getLocalPort()), Duration.ofSeconds(3));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void serve() {
    byte[] buffer = new byte[1500];
    while (!server.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        server.receive(packet);
        Message query = new Message(java.util.Arrays.copyOf(buffer, packet.getLength()));
        byte[] answer = answer(query).toWire();
        server.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private static Message answer(Message query) throws IOException {
    Message answer = new Message(query.getHeader().getID());
    Record question = query.getQuestion();
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.RA);
    answer.addRecord(question, Section.QUESTION);
    String name = question.getName().toString().toLowerCase(Locale.ROOT);
    Name owner = question.getName();
    switch (name + Type.string(question.getType())) {
      case "good.example.MX" -> {
        answer.addRecord(
            new MXRecord(owner, DClass.IN, 60, 10, Name.fromString("mx.good.example.")),
            Section.ANSWER);
        answer.addRecord(
            new MXRecord(owner, DClass.IN, 60, 20, Name.fromString("mx2.good.example.")),
            Section.ANSWER);
      }
      case "null.example.MX" ->
          answer.addRecord(new MXRecord(owner, DClass.IN, 60, 0, Name.root), Section.ANSWER);
      case "mx.good.example.A" ->
          answer.addRecord(
              new ARecord(owner, DClass.IN, 60, InetAddress.ofLiteral("192.0.2.7")),
              Section.ANSWER);
      case "mx.good.example.AAAA" ->
          answer.addRecord(
              new AAAARecord(owner, DClass.IN, 60, InetAddress.ofLiteral("2001:db8::7")),
              Section.ANSWER);
      default -> {
        if (name.startsWith("broken")) {
          answer.getHeader().setRcode(Rcode.SERVFAIL);
        } else {
          if (name.startsWith("none")) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
          }
          Name apex = Name.fromString("example.");
          answer.addRecord(
              new SOARecord(apex, DClass.IN, 60, apex, apex, 1, 60, 60, 60, 60), Section.AUTHORITY);
        }
      }
    }
    return answer;
  }

  @Test
  void readsWhatDnsSays() {
    assertThat(zone.exchangers("good.example"))
        .isEqualTo(
            new Zone.Found<>(
                List.of(
                    new Zone.Exchange(10, "mx.good.example"),
                    new Zone.Exchange(20, "mx2.good.example"))));
    assertThat(zone.exchangers("null.example"))
        .isEqualTo(new Zone.Found<>(List.of(new Zone.Exchange(0, ""))));
    assertThat(zone.addresses("mx.good.example"))
        .isEqualTo(
            new Zone.Found<>(
                List.of(InetAddress.ofLiteral("192.0.2.7"), InetAddress.ofLiteral("2001:db8::7"))));
    assertThat(zone.exchangers("plain.example")).isEqualTo(new Zone.NoRecords<>());
    assertThat(zone.exchangers("none.example")).isEqualTo(new Zone.NoName<>());
    assertThat(zone.addresses("none.example")).isEqualTo(new Zone.NoName<>());
    assertThat(zone.exchangers("broken.example")).isInstanceOf(Zone.Trouble.class);
    assertThat(zone.addresses("broken.example")).isInstanceOf(Zone.Trouble.class);
    assertThat(zone.exchangers("a".repeat(70) + ".example")).isEqualTo(new Zone.NoName<>());
  }

  @Test
  void doesNotWaitForEverForAServerThatIsAway() {
    server.close();
    long began = System.nanoTime();
    assertThat(zone.exchangers("good.example")).isInstanceOf(Zone.Trouble.class);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
  }
}

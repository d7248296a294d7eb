package org.milena.egress.kafka;

import java.time.Duration;
import java.time.InstantSource;
import org.milena.common.event.MailPointer;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.testkit.kafka.SharedBroker;
import org.milena.testkit.sink.SinkMta;
import org.milena.testkit.sink.SinkOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How quick it is: one post to many members, one SMTP transaction each, into a sink in the same
 * process. Not a test; run by hand.
 */
final class EgressSpeed {
  private static final Logger log = LoggerFactory.getLogger(EgressSpeed.class);

  private EgressSpeed() {}

  /** Members, rounds, port of another sink (0: our own). */
  public static void main(String[] arguments) {
    int members = Integer.parseInt(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    int port = Integer.parseInt(arguments[2]);
    try (EmbeddedKafka broker = SharedBroker.fresh();
        SinkMta sink = SinkMta.start(SinkOptions.standard().withKeep(0));
        EgressRig rig =
            new EgressRig(
                    broker.bootstrapServers(),
                    "speed",
                    port == 0 ? sink.port() : port,
                    InstantSource.system())
                .start()) {
      EgressRig.await("partitions", Duration.ofSeconds(30), () -> !rig.loop.partitions().isEmpty());
      for (int round = 0; round < rounds; round++) {
        String id = "speed" + round;
        MailPointer content =
            rig.content(
                "Message-ID: <"
                    + id
                    + "@x>\r\nSubject: s\r\n\r\n"
                    + "x".repeat(70).concat("\r\n").repeat(57));
        var people = EgressRig.people(members, "x.example");
        double before = transactions(rig);
        long began = System.nanoTime();
        for (int from = 0; from < members; from += 200) {
          rig.deliver(
              EgressRig.post(
                  content,
                  people.subList(from, Math.min(members, from + 200)),
                  InstantSource.system().instant()));
        }
        EgressRig.await(
            "all sent", Duration.ofMinutes(5), () -> transactions(rig) >= before + members);
        long sent = System.nanoTime();
        EgressRig.await("all kept", Duration.ofMinutes(5), () -> rig.lag() == 0);
        long kept = System.nanoTime();
        log.info(
            "round {}: {} recipients in {} ms ({} a second), kept after {} ms, held up: {}, sink"
                + " {}",
            round,
            members,
            (sent - began) / 1_000_000,
            Math.round(members / ((sent - began) / 1e9)),
            (kept - began) / 1_000_000,
            rig.meters.get("milena.egress.commits").timer().takeSnapshot(),
            sink.report().duplicates());
      }
    }
  }

  private static double transactions(EgressRig rig) {
    return rig.meters.get("milena.egress.transactions").counter().count();
  }
}

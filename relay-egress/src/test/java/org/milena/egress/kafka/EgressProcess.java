package org.milena.egress.kafka;

import java.io.File;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;

/** One instance of egress as a process of its own, to be killed. */
final class EgressProcess {

  private EgressProcess() {}

  /** Broker, instance, port of the smarthost. */
  public static void main(String[] arguments) throws InterruptedException {
    EgressRig rig =
        new EgressRig(
            arguments[0], arguments[1], Integer.parseInt(arguments[2]), InstantSource.system());
    rig.start();
    new CountDownLatch(1).await();
  }

  static Process start(String broker, String instance, int port) throws IOException {
    return new ProcessBuilder(
            System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            EgressProcess.class.getName(),
            broker,
            instance,
            Integer.toString(port))
        .inheritIO()
        .start();
  }
}

package org.milena.benchmarks.server;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.util.List;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What another JVM of ours tells about itself by JMX; only we are told, on this machine. */
final class Beans implements AutoCloseable {
  private final JMXConnector connector;
  private final MBeanServerConnection beans;

  private Beans(JMXConnector connector) throws IOException {
    this.connector = connector;
    this.beans = connector.getMBeanServerConnection();
  }

  @SuppressWarnings("BanJNDI") // the address is one that our own child told us
  static Beans of(Started jvm) {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(jvm.pid()));
      try {
        return new Beans(
            JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent())));
      } finally {
        machine.detach();
      }
    } catch (IOException | AttachNotSupportedException e) {
      throw new BenchmarkException("a JVM of ours cannot be asked: " + e.getMessage(), e);
    }
  }

  /** Its memory. */
  MemoryMXBean memory() {
    try {
      return ManagementFactory.getPlatformMXBean(beans, MemoryMXBean.class);
    } catch (IOException e) {
      throw new BenchmarkException("the memory of a JVM of ours cannot be read: " + e, e);
    }
  }

  /** The parts of its memory. */
  List<MemoryPoolMXBean> memoryPools() {
    try {
      return ManagementFactory.getPlatformMXBeans(beans, MemoryPoolMXBean.class);
    } catch (IOException e) {
      throw new BenchmarkException("the memory of a JVM of ours cannot be read: " + e, e);
    }
  }

  /** How often a meter was told something, and the sum of what it was told. */
  record Meter(double count, double total) {
    Meter since(Meter before) {
      return new Meter(count - before.count, total - before.total);
    }

    Meter and(Meter other) {
      return new Meter(count + other.count, total + other.total);
    }

    double mean() {
      return count == 0 ? 0 : total / count;
    }
  }

  /** A histogram or timer of the broker. */
  Meter meter(String name) {
    return new Meter(number(name, "Count"), number(name, "Count") * number(name, "Mean"));
  }

  /**
   * A number.
   *
   * @param pattern of a name that one bean has
   */
  double number(String pattern, String attribute) {
    try {
      Set<ObjectName> names = beans.queryNames(new ObjectName(pattern), null);
      if (names.size() != 1) {
        throw new BenchmarkException(pattern + " is the name of " + names);
      }
      return ((Number) beans.getAttribute(names.iterator().next(), attribute)).doubleValue();
    } catch (JMException | IOException e) {
      throw new BenchmarkException(pattern + " cannot be read: " + e, e);
    }
  }

  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException _) {
      // the JVM is gone
    }
  }
}

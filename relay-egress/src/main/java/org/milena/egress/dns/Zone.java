package org.milena.egress.dns;

import java.net.InetAddress;
import java.util.List;

/** What DNS says of a name. The port between the rules of mail routing and the resolver. */
interface Zone {

  /** Mail exchangers of a name. */
  Answer<Exchange> exchangers(String name);

  /** Its addresses, IPv4 before IPv6. */
  Answer<InetAddress> addresses(String name);

  /**
   * A mail exchanger.
   *
   * @param host without final dot; empty for the root, which means "no mail" (RFC 7505)
   */
  record Exchange(int preference, String host) {}

  /**
   * What came back.
   *
   * @param <T> what was asked for
   */
  sealed interface Answer<T> {}

  /** Records, at least one. */
  record Found<T>(List<T> records) implements Answer<T> {
    public Found {
      records = List.copyOf(records);
    }
  }

  /** The name exists and has no such record. */
  record NoRecords<T>() implements Answer<T> {}

  /** The name does not exist. */
  record NoName<T>() implements Answer<T> {}

  /** SERVFAIL, no answer in time, or one that makes no sense. */
  record Trouble<T>(String detail) implements Answer<T> {}
}

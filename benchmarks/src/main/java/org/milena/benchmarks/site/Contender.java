package org.milena.benchmarks.site;

/** A server that takes the same load as others in turn. */
interface Contender {

  String name();

  int port();

  /** Reverse-path of the load. */
  String from();

  /** Recipient of the load. */
  String to();

  /** Seconds of processor time of all its processes so far. */
  double cpuSeconds();

  /** Before a round of so many messages; not measured. */
  default void before(int messages) {}

  /** After a round that counts, until nothing of it goes on; not measured. */
  default void after(int messages) {
    drop(messages);
  }

  /** After a round that does not count, until nothing of it goes on. */
  default void drop(int messages) {}
}

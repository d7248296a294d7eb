package org.milena.benchmarks.site;

import org.milena.benchmarks.server.PostfixServer;

/** Postfix that makes mail durable and holds it. */
record HoldingPostfix(PostfixServer postfix) implements Contender {

  @Override
  public String name() {
    return "Postfix (hold)";
  }

  @Override
  public int port() {
    return postfix.holdPort();
  }

  @Override
  public String from() {
    return "member0@example.net";
  }

  @Override
  public String to() {
    return "load@lists.example.org";
  }

  @Override
  public double cpuSeconds() {
    return postfix.cpuSeconds();
  }

  @Override
  public void drop(int messages) {
    postfix.purge();
  }
}

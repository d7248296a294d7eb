package org.milena.engines.search;

import java.util.concurrent.CountDownLatch;

/** A process that does nothing until it is stopped. */
final class Waiter {

  private Waiter() {}

  public static void main(String[] args) throws InterruptedException {
    new CountDownLatch(1).await();
  }
}

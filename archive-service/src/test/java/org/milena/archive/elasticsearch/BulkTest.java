package org.milena.archive.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.milena.archive.app.RunningArchive;
import org.milena.common.failure.OutageException;

/** When requests are sent, and who waits for them. */
class BulkTest {
  private static final int MEGABYTE = 1 << 20;
  private static final int LIMIT_S = 60;

  private BulkServer server;

  @BeforeEach
  void start() throws IOException {
    server = new BulkServer();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private Bulk bulk() {
    return Bulk.of(server.connection, "keeping posts", Map.of("subject", "plain"));
  }

  private static void add(Bulk bulk, String id, int size) {
    bulk.add(
        BulkOperation.of(
            op -> op.index(write -> write.index("posts").id(id).document(Map.of("subject", id)))),
        size);
  }

  @Test
  void sendsTheNextRequestBesideOneThatIsUnderWay() {
    CyclicBarrier both = new CyclicBarrier(2);
    server.answer(_ -> {
      await(both);
      return 200;
    });
    try (Bulk bulk = bulk().inAnyOrder()) {
      for (int i = 0; i < 4; i++) {
        add(bulk, "post" + i, MEGABYTE);
      }
      bulk.flush();
    }
    assertThat(server.requests().stream().flatMap(List::stream))
        .containsExactlyInAnyOrder("post0", "post1", "post2", "post3");
    assertThat(server.most()).isEqualTo(2);
  }

  @Test
  void sendsOneAfterTheOtherWhereTheirOrderMatters() throws Exception {
    Sender sender = answeredWhenItWaits();
    sender.sends(() -> {
      Bulk bulk = bulk();
      for (int i = 0; i < 2001; i++) {
        add(bulk, "post" + i, 10);
      }
      bulk.flush();
    });
    assertThat(sender.failure()).isNull();
    assertThat(server.requests()).extracting(List::size).containsExactly(1000, 1000, 1);
    assertThat(server.most()).isEqualTo(1);
  }

  @Test
  void sendsNoMoreOctetsAtATimeThanOneRequestMayHave() throws Exception {
    Sender sender = answeredWhenItWaits();
    sender.sends(() -> {
      try (Bulk bulk = bulk().inAnyOrder()) {
        for (int i = 0; i < 4; i++) {
          add(bulk, "post" + i, 3 * MEGABYTE);
        }
        bulk.flush();
      }
    });
    assertThat(sender.failure()).isNull();
    assertThat(server.requests()).hasSize(4);
    assertThat(server.most()).isEqualTo(1);
  }

  @Test
  void namesAllThatAnyOfTheRequestsIsRefused() {
    server.answer(_ -> 400);
    try (Bulk bulk = bulk().inAnyOrder()) {
      for (int i = 0; i < 3; i++) {
        add(bulk, "post" + i, MEGABYTE);
      }
      assertThatThrownBy(bulk::flush)
          .isInstanceOfSatisfying(
              DocumentsRefusedException.class,
              e ->
                  assertThat(e.reasons())
                      .containsOnlyKeys("post0", "post1", "post2")
                      .hasEntrySatisfying(
                          "post2", why -> assertThat(why).contains("no date: post2")));
    }
  }

  @Test
  void waitsForTheOtherRequestBeforeItSaysThatOneFailed() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    Semaphore goOn = new Semaphore(0);
    AtomicBoolean ended = new AtomicBoolean();
    server.answer(ids -> {
      both.countDown();
      await(both);
      if (ids.contains("post0")) {
        return 503;
      }
      goOn.acquireUninterruptibly();
      ended.set(true);
      return 200;
    });
    Sender sender = new Sender(ended);
    sender.begins(() -> {
      try (Bulk bulk = bulk().inAnyOrder()) {
        add(bulk, "post0", MEGABYTE);
        add(bulk, "post1", MEGABYTE);
        bulk.flush();
      }
    });
    await(both);
    Timer outages =
        server.meters.get("milena.archive.elasticsearch").tag("result", "outage").timer();
    RunningArchive.await(
        "the answer to the first one", () -> outages.count() == 1 && sender.isWaiting());
    goOn.release();
    sender.ends();
    assertThat(sender.failure()).isInstanceOf(OutageException.class);
    assertThat(sender.endedBefore()).isTrue();
  }

  @Test
  void waitsForWhatIsUnderWayWhereNothingMoreCanBeAdded() throws Exception {
    CountDownLatch came = new CountDownLatch(1);
    Semaphore goOn = new Semaphore(0);
    AtomicBoolean ended = new AtomicBoolean();
    server.answer(_ -> {
      came.countDown();
      goOn.acquireUninterruptibly();
      ended.set(true);
      return 200;
    });
    Sender sender = new Sender(ended);
    sender.begins(() -> {
      try (Bulk bulk = bulk().inAnyOrder()) {
        add(bulk, "post0", MEGABYTE);
        add(bulk, "post1", MEGABYTE);
        throw new IllegalArgumentException("a post that is no document");
      }
    });
    await(came);
    RunningArchive.await("the sender", sender::isWaiting);
    goOn.release();
    sender.ends();
    assertThat(sender.failure()).isInstanceOf(IllegalArgumentException.class);
    assertThat(sender.endedBefore()).isTrue();
  }

  /** Nothing is answered before the sender waits: so all has come that it sends before that. */
  private Sender answeredWhenItWaits() {
    Sender sender = new Sender(new AtomicBoolean());
    server.answer(_ -> {
      RunningArchive.await("the sender", sender::isWaiting);
      return 200;
    });
    return sender;
  }

  /** A thread that sends, and can be looked at. */
  private static final class Sender {
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final AtomicBoolean ended;
    private final AtomicBoolean endedBefore = new AtomicBoolean();

    /**
     * @param ended whether what it is to wait for has ended
     */
    Sender(AtomicBoolean ended) {
      this.ended = ended;
    }

    void begins(Runnable sending) {
      thread.set(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  sending.run();
                } catch (RuntimeException e) {
                  endedBefore.set(ended.get());
                  failure.set(e);
                }
              }));
    }

    void ends() throws InterruptedException {
      Thread sending = thread.get();
      assertThat(sending).isNotNull();
      sending.join(TimeUnit.SECONDS.toMillis(LIMIT_S));
      assertThat(sending.isAlive()).isFalse();
    }

    void sends(Runnable sending) throws InterruptedException {
      begins(sending);
      ends();
    }

    boolean isWaiting() {
      Thread sending = thread.get();
      return sending != null && sending.getState() == Thread.State.WAITING;
    }

    @Nullable RuntimeException failure() {
      return failure.get();
    }

    /** Whether what it was to wait for had ended when it failed. */
    boolean endedBefore() {
      return endedBefore.get();
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(LIMIT_S, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException("one request came alone", e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(LIMIT_S, TimeUnit.SECONDS)) {
        throw new IllegalStateException("one request came alone");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

package org.milena.archive.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.milena.archive.post.Shelf;
import org.milena.archive.rebuild.ArchiveDigest;
import org.milena.archive.rebuild.Generations;
import org.milena.archive.rebuild.Rebuild;
import org.milena.common.failure.OutageException;
import org.milena.common.stage.BatchSink;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.TopicLog;

class RebuildRunnerTest {
  private static final ArchiveDigest EMPTY = new ArchiveDigest(0, "");

  private final CountDownLatch shown = new CountDownLatch(1);

  @Test
  void buildsAnewByItselfWhatIsOutdated() throws Exception {
    RebuildRunner runner = runner(Optional.of("it is to find other forms of words in fr"));
    runner.start();
    try {
      assertThat(shown.await(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      runner.stop();
    }
  }

  /** What is thrown in a thread of its own nobody sees. */
  @Test
  void looksAgainAfterARefusal() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    Generations refusing =
        new Fake(Optional.of("another version made it")) {
          @Override
          public Optional<String> outdated() {
            if (looks.incrementAndGet() < 3) {
              throw new IllegalStateException("the search engine refuses reading the mapping");
            }
            return super.outdated();
          }
        };
    RebuildRunner runner = new RebuildRunner(rebuild(refusing), refusing, Duration.ofMillis(1));
    runner.start();
    try {
      assertThat(shown.await(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      runner.stop();
    }
    assertThat(looks).hasValue(3);
  }

  @Test
  void hasFailedWhenWhatWasBegunCannotBeDroppedEither() {
    Rebuild rebuild =
        rebuild(
            new Fake(Optional.empty()) {
              @Override
              void showing() {
                throw new IllegalStateException("the search engine refuses showing");
              }

              @Override
              void dropping() {
                throw new IllegalStateException("the search engine refuses removing");
              }
            });
    assertThat(rebuild.begin()).isTrue();
    rebuild.run();
    assertThat(rebuild.state().problem()).contains("refuses showing");
    assertThat(rebuild.begin()).as("it can be tried again").isTrue();
  }

  private RebuildRunner runner(Optional<String> outdated) {
    Generations generations = new Fake(outdated);
    return new RebuildRunner(rebuild(generations), generations);
  }

  private static Rebuild rebuild(Generations generations) {
    return new Rebuild(
        generations, new NoLog(), _ -> new NoSink(), InstantSource.fixed(Instant.EPOCH));
  }

  private class Fake implements Generations {
    private final Optional<String> outdated;

    Fake(Optional<String> outdated) {
      this.outdated = outdated;
    }

    void showing() {
      shown.countDown();
    }

    void dropping() {
      // nothing is there
    }

    @Override
    public Optional<String> outdated() {
      return outdated;
    }

    @Override
    public ArchiveDigest digest() {
      return EMPTY;
    }

    @Override
    public Making begin() {
      return new Making() {
        @Override
        public String name() {
          return "next";
        }

        @Override
        public Shelf shelf() {
          throw new OutageException("nothing is to be written");
        }

        @Override
        public ArchiveDigest digest() {
          return EMPTY;
        }

        @Override
        public void show() {
          showing();
        }

        @Override
        public void drop() {
          dropping();
        }
      };
    }
  }

  private record NoLog() implements TopicLog {
    @Override
    public Map<Integer, Long> ends() {
      return Map.of();
    }

    @Override
    public void read(Map<Integer, Long> from, Map<Integer, Long> to, Consumer<Stretch> each) {}
  }

  private record NoSink() implements BatchSink {
    @Override
    public String name() {
      return "archive";
    }

    @Override
    public String topic() {
      return "mail.posts";
    }

    @Override
    public void accept(List<InRecord> batch) {}
  }
}

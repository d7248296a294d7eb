package org.milena.common.kafka;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.milena.common.failure.OutageException;
import org.milena.common.operations.Pipeline;
import org.milena.common.operations.StageState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Looks at the pipeline every ten seconds: for the metrics, and so that whoever asks for rates gets
 * those of the last seconds. While the broker does not answer, the figures are not a number.
 */
final class PipelineWatch implements Pipeline, SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(PipelineWatch.class);
  private static final long PERIOD_SECONDS = 10;

  private final Pipeline pipeline;
  private final Map<String, StageState> last = new ConcurrentHashMap<>();
  private CountDownLatch stopped = new CountDownLatch(1);
  private Thread thread = new Thread();
  private volatile boolean running;

  PipelineWatch(Pipeline pipeline, List<String> stages, MeterRegistry meters) {
    this.pipeline = pipeline;
    for (String stage : stages) {
      Gauge.builder("milena.stage.lag", () -> lag(last.get(stage)))
          .tag("stage", stage)
          .description("Records that wait for a stage, over all its instances")
          .register(meters);
      Gauge.builder("milena.stage.waiting", () -> seconds(last.get(stage)))
          .tag("stage", stage)
          .baseUnit("seconds")
          .description("Age of the oldest record that waits for a stage; 0 when none does")
          .register(meters);
    }
  }

  private static double lag(@Nullable StageState state) {
    return state == null ? Double.NaN : state.lag();
  }

  private static double seconds(@Nullable StageState state) {
    if (state == null) {
      return Double.NaN;
    }
    Duration oldest = state.oldestWaiting();
    return oldest == null ? 0 : oldest.toMillis() / 1e3;
  }

  @Override
  public List<StageState> look() {
    return pipeline.look();
  }

  @Override
  public void start() {
    stopped = new CountDownLatch(1);
    thread = Thread.ofVirtual().name("pipeline-watch").unstarted(this::run);
    running = true;
    thread.start();
  }

  private void run() {
    try {
      do {
        sample();
      } while (!stopped.await(PERIOD_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sample() {
    try {
      pipeline.look().forEach(state -> last.put(state.stage(), state));
    } catch (OutageException e) {
      last.clear();
      log.debug("the pipeline cannot be seen", e);
    } catch (RuntimeException e) {
      last.clear();
      log.warn("the pipeline cannot be seen", e);
    }
  }

  @Override
  public void stop() {
    running = false;
    stopped.countDown();
    thread.interrupt();
    try {
      if (!thread.join(Duration.ofSeconds(5))) {
        log.warn("the watch over the pipeline does not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Behind the stages it looks at. */
  @Override
  public int getPhase() {
    return 200;
  }
}

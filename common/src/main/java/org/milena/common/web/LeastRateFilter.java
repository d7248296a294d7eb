package org.milena.common.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.time.Duration;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends answers that a reader takes too slowly, and so gives back what they hold: places, memory, a
 * state of the index. The server itself knows only readers who take nothing at all, for a minute at
 * a time.
 *
 * <p>The connection breaks, so that nobody takes a part for the whole. What is written as text, as
 * pages are, is small and not watched.
 */
public final class LeastRateFilter extends OncePerRequestFilter {
  private static final Logger log = LoggerFactory.getLogger(LeastRateFilter.class);

  private final long leastRate;
  private final Duration window;
  private final Runnable ended;

  /**
   * @param leastRate octets a second; whoever takes less is too slow, nobody is where it is 0
   * @param window so far a reader may fall behind that rate; only the time counts in which he is
   *     waited for
   * @param ended is told of each answer that was ended
   */
  public LeastRateFilter(long leastRate, Duration window, Runnable ended) {
    this.leastRate = leastRate;
    this.window = window;
    this.ended = ended;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return leastRate == 0;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Paced paced = new Paced(response);
    try {
      chain.doFilter(request, paced);
    } catch (ServletException | IOException | RuntimeException e) {
      if (!paced.ended()) {
        throw e;
      }
    }
    if (paced.ended()) {
      ended.run();
      log.info("{} was ended: its reader is too slow", request.getRequestURI());
      // the server breaks the connection, and does not say in its log that something failed
      throw new CloseNowException(request.getRequestURI() + " is taken too slowly");
    }
  }

  private final class Paced extends HttpServletResponseWrapper {
    private @Nullable PacedOutput out;

    Paced(HttpServletResponse response) {
      super(response);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
      PacedOutput known = out;
      if (known == null) {
        known = new PacedOutput(super.getOutputStream(), leastRate, window, System::nanoTime);
        out = known;
      }
      return known;
    }

    boolean ended() {
      PacedOutput known = out;
      return known != null && known.ended();
    }
  }
}

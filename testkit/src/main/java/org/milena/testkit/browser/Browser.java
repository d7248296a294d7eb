package org.milena.testkit.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.milena.testkit.file.TemporaryFolder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Chromium without a screen, with one page. What it asks of other hosts than this machine goes to a
 * proxy that answers nothing and remembers it.
 *
 * <p>The binary is {@code chromium}, or what the environment variable {@code CHROMIUM} names.
 */
public final class Browser implements AutoCloseable {
  private static final String ANNOUNCED = "DevTools listening on ";
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Process process;
  private final Path data;
  private final RefusingProxy proxy;
  private final DevTools tools;
  private final String session;

  /** Of each frame that may run scripts of its own: session and context. */
  private final Map<String, List<Integer>> contexts = new LinkedHashMap<>();

  private final List<String> dialogs = new ArrayList<>();
  private final List<String> scriptErrors = new ArrayList<>();
  private boolean loaded;

  private Browser(Process process, Path data, RefusingProxy proxy, URI address) {
    this.process = process;
    this.data = data;
    this.proxy = proxy;
    this.tools = new DevTools(address, this::event);
    String target =
        tools
            .ask(null, "Target.createTarget", DevTools.parameters().put("url", "about:blank"))
            .path("targetId")
            .asString();
    this.session =
        tools
            .ask(
                null,
                "Target.attachToTarget",
                DevTools.parameters().put("targetId", target).put("flatten", true))
            .path("sessionId")
            .asString();
    ask("Page.enable", DevTools.parameters());
    ask("Runtime.enable", DevTools.parameters());
    ask(
        "Target.setAutoAttach",
        DevTools.parameters()
            .put("autoAttach", true)
            .put("waitForDebuggerOnStart", false)
            .put("flatten", true));
  }

  /** A fresh one, with nothing kept from others. */
  public static Browser start() {
    Path data = TemporaryFolder.create("milena-chromium");
    RefusingProxy proxy = RefusingProxy.start();
    String binary = System.getenv().getOrDefault("CHROMIUM", "chromium");
    try {
      Process process =
          new ProcessBuilder(
                  binary,
                  "--headless=new",
                  "--no-sandbox", // refuses to start as root otherwise
                  "--disable-gpu",
                  "--disable-dev-shm-usage",
                  "--disable-background-networking",
                  "--disable-component-update",
                  "--no-first-run",
                  "--hide-scrollbars",
                  "--lang=en",
                  "--remote-debugging-port=0",
                  "--user-data-dir=" + data,
                  "--proxy-server=http://127.0.0.1:" + proxy.port(),
                  "about:blank")
              .redirectErrorStream(true)
              .start();
      return new Browser(process, data, proxy, address(process));
    } catch (IOException e) {
      throw new AssertionError("There is no " + binary + " here: install it, or set CHROMIUM", e);
    }
  }

  private static URI address(Process process) throws IOException {
    BufferedReader lines = process.inputReader();
    List<String> told = new ArrayList<>();
    String line;
    while ((line = lines.readLine()) != null) {
      told.add(line);
      if (line.startsWith(ANNOUNCED)) {
        Thread.ofVirtual().start(() -> drain(lines));
        return URI.create(line.substring(ANNOUNCED.length()).strip());
      }
    }
    throw new AssertionError("Chromium did not start: " + told);
  }

  private static void drain(BufferedReader lines) {
    try {
      while (lines.readLine() != null) {
        // what it logs is of no use, but a full pipe would stop it
      }
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("losed")) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private synchronized void event(JsonNode event) {
    String from = event.path("sessionId").asString("");
    JsonNode told = event.path("params");
    switch (event.path("method").asString("")) {
      case "Page.loadEventFired" -> loaded = true;
      case "Page.javascriptDialogOpening" -> {
        dialogs.add(told.path("message").asString(""));
        var unused =
            tools.send(
                from, "Page.handleJavaScriptDialog", DevTools.parameters().put("accept", false));
      }
      case "Runtime.executionContextCreated" ->
          contexts
              .computeIfAbsent(from, _ -> new ArrayList<>())
              .add(told.path("context").path("id").asInt());
      case "Runtime.executionContextsCleared" -> contexts.remove(from);
      case "Runtime.executionContextDestroyed" ->
          contexts
              .getOrDefault(from, new ArrayList<>())
              .remove((Integer) told.path("executionContextId").asInt());
      case "Runtime.exceptionThrown" -> scriptErrors.add(told.toString());
      case "Target.attachedToTarget" -> {
        var unused =
            tools.send(told.path("sessionId").asString(), "Runtime.enable", DevTools.parameters());
      }
      case "Target.detachedFromTarget" -> contexts.remove(told.path("sessionId").asString(""));
      default -> {
        // of no interest
      }
    }
  }

  private JsonNode ask(String method, ObjectNode parameters) {
    return tools.ask(session, method, parameters);
  }

  /** Opens an address and waits until it is loaded, frames and all. */
  public void open(URI address) {
    synchronized (this) {
      loaded = false;
      dialogs.clear();
      scriptErrors.clear();
    }
    JsonNode answer = ask("Page.navigate", DevTools.parameters().put("url", address.toString()));
    if (answer.has("errorText")) {
      throw new AssertionError(address + ": " + answer.path("errorText"));
    }
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!isLoaded()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(address + " does not load");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private synchronized boolean isLoaded() {
    return loaded;
  }

  /** The value of an expression in the page, as text; a promise is waited for. */
  public String evaluate(String expression) {
    return evaluate(session, null, expression);
  }

  private String evaluate(String in, @Nullable Integer context, String expression) {
    ObjectNode parameters =
        DevTools.parameters()
            .put("expression", expression)
            .put("awaitPromise", true)
            .put("returnByValue", true);
    if (context != null) {
      parameters.put("contextId", context);
    }
    JsonNode answer = tools.ask(in, "Runtime.evaluate", parameters);
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(answer.path("exceptionDetails").toString());
    }
    JsonNode value = answer.path("result").path("value");
    return value.isString() ? value.asString() : value.toString();
  }

  /** What ran: dialogs, and frames in which {@code window.hit} is set. */
  public List<String> hits() {
    List<String> hits = new ArrayList<>();
    Map<String, List<Integer>> frames = new LinkedHashMap<>();
    synchronized (this) {
      dialogs.forEach(dialog -> hits.add("dialog " + dialog));
      contexts.forEach((in, ids) -> frames.put(in, List.copyOf(ids)));
    }
    frames.forEach((in, ids) ->
        ids.forEach(context -> {
          String hit = evaluate(in, context, "String(window.hit) + ' ' + location.href");
          if (!hit.startsWith("undefined ")) {
            hits.add(hit);
          }
        }));
    return hits;
  }

  /** How many frames there are, the page itself too. */
  public synchronized int frames() {
    return contexts.values().stream().mapToInt(List::size).sum();
  }

  /** Hosts that were asked outside of this machine, since the start; the browser's own ones too. */
  public List<String> askedElsewhere() {
    return proxy.asked();
  }

  /** Light or dark, by {@code prefers-color-scheme}. */
  public void scheme(String scheme) {
    ObjectNode parameters = DevTools.parameters().put("media", "");
    parameters
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", scheme);
    ask("Emulation.setEmulatedMedia", parameters);
  }

  /** The size of the window, in CSS pixels. */
  public void size(int width, int height, boolean mobile) {
    ask(
        "Emulation.setDeviceMetricsOverride",
        DevTools.parameters()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", mobile));
  }

  /** The whole page as PNG. */
  public byte[] picture() {
    return Base64.getDecoder()
        .decode(
            ask("Page.captureScreenshot", DevTools.parameters().put("captureBeyondViewport", true))
                .path("data")
                .asString());
  }

  @Override
  public void close() {
    tools.close();
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        var unused = process.waitFor(20, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      proxy.close();
      TemporaryFolder.delete(data);
    }
  }
}

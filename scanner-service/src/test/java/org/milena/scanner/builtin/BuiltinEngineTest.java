package org.milena.scanner.builtin;

import org.milena.scanner.scan.Engine;
import org.milena.scanner.scan.EngineContract;

class BuiltinEngineTest implements EngineContract {

  private final Engine engine = new BuiltinEngine(AttachmentPolicy.DEFAULT, ScanLimits.DEFAULT);

  @Override
  public Engine engine() {
    return engine;
  }
}

package org.milena.scanner.builtin;

import org.milena.scanner.scan.AntivirusContract;
import org.milena.scanner.scan.Engine;

class BuiltinEngineTest implements AntivirusContract {

  private final Engine engine = new BuiltinEngine(AttachmentPolicy.DEFAULT, ScanLimits.DEFAULT);

  @Override
  public Engine engine() {
    return engine;
  }

  /** One signature makes no vote. */
  @Override
  public Engine.Role role() {
    return Engine.Role.BUILTIN;
  }
}

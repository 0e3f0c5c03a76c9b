// What joins in when the portal starts or stops: each module imported here registers itself with onStart or onStop.
import './hooks.ts';
import '#lib/connections/drain-at-stop.ts';
import '#lib/deploy/on-server.ts';
import '#lib/sample/registration.ts';

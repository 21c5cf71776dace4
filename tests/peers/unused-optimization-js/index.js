"use strict";
// jsCAT asks for a package that no registry has, and uses it for maximum likelihood only. The
// comparison uses EAP; should that ever change, this fails rather than return a wrong estimate.
exports.minimize_Powell = () => {
  throw new Error("the stand-in for optimization-js was called: only EAP is compared");
};

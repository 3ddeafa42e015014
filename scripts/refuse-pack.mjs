// Node.js runs no TypeScript below node_modules: a tarball of the sources would install and never load.
console.error(
  'Published is what "npm run build" makes: npm pack ./dist/<package> in the repository.',
);
process.exit(1);

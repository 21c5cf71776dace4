// Every screen of the app, by its address: the one list for the pictures in docs/screens and for tests that look at each screen.

/** `for`: who sees it, somebody new or the made family of family.mjs. `says`: what it is, for the index of pictures. */
export const SCREENS = [
  { name: "hello", at: "#/", for: "somebody new", says: "The first screen" },
  { name: "start", at: "#/start", for: "somebody new", says: "The one question before the first picks" },
  { name: "today", at: "#/today", for: "a family", says: "Three picks for today" },
  { name: "circumstances", at: "#/circumstances", for: "a family", says: "What today's picks have to fit into" },
  { name: "board", at: "#/board", for: "a family", says: "The picks as pictures, for the child to point at" },
  { name: "activity", at: "#/activity/snip-and-cut", for: "a family", says: "One activity, made just right" },
  { name: "doing", at: "#/do/snip-and-cut/3/1", for: "a family", says: "Doing it, one step at a time" },
  { name: "how-did-it-go", at: "#/how/snip-and-cut/3", for: "a family", says: "How did it go?" },
  { name: "questions", at: "#/questions", for: "a family", says: "Getting to know the child" },
  { name: "growing", at: "#/growing", for: "a family", says: "How the child grows, after twelve weeks" },
  { name: "plan", at: "#/plan", for: "a family", says: "The plan of the week" },
  { name: "children", at: "#/children", for: "a family", says: "The children" },
  { name: "child", at: "#/child/1", for: "a family", says: "One child: name, age and protection" },
  { name: "together", at: "#/together", for: "a family", says: "What several children can do together" },
  { name: "settings", at: "#/settings", for: "a family", says: "Settings, and the family's data in the family's hand" },
  { name: "advice", at: "#/advice/who-can-help", for: "a family", says: "Who can help" },
];
